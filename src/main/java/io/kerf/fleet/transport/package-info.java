/** How envelopes come to a station and reports leave it: {@link io.kerf.fleet.transport.StationLink}, over MQTT 5 and HTTPS. Nothing here decides anything. */
package io.kerf.fleet.transport;
