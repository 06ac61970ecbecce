/**
 * Who is told of verdicts: {@link io.kerf.station.output.Outputs} holds them and keeps them apart from the line and from each other.
 *
 * <p>MQTT and webhooks go through an outbox ({@link io.kerf.station.output.OutboxOutput}) that is the record itself: a trigger of the database enters each verdict
 * into the table {@code outcome} in the transaction that records it, and each output keeps a cursor into it. So whatever kills the process, what is on record is
 * told, in the order of the records, at least once: with the identifier of the inspection to tell a repetition by. GPIO and Modbus tell of the part at hand and
 * keep nothing.
 */
package io.kerf.station.output;
