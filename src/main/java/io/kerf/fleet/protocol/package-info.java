/**
 * What a station does with an envelope. {@link io.kerf.fleet.protocol.Reception} says whether it may be put into force, {@link io.kerf.fleet.protocol.NextStep} what
 * happens next; both decide from a snapshot and do nothing. {@link io.kerf.fleet.protocol.FleetAgent} does, journals each step and reports it.
 */
package io.kerf.fleet.protocol;
