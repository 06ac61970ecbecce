/** What travels from the sender to a station: a signed {@link io.kerf.fleet.envelope.Payload}, read by {@link io.kerf.fleet.envelope.PayloadReading}. */
package io.kerf.fleet.envelope;
