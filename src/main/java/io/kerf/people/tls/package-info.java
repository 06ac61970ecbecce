/**
 * The certificate of the station: the plant's, or one of its own that it makes at its first start. {@link io.kerf.people.tls.StationTls} says which, {@link
 * io.kerf.people.tls.SelfSigned} makes one.
 */
package io.kerf.people.tls;
