/**
 * A fleet's configuration: {@link io.kerf.fleet.protocol.FleetAgent} keeps the document of this station as its fleet wants it; {@code docs/fleet.md} is the protocol for
 * those who send. What the agent needs of the station is {@link io.kerf.fleet.ManagedStation}, and nothing in here knows how parts are judged.
 *
 * <pre>
 * sender ─► envelope ─► transport ─► protocol ─► ManagedStation
 *                └── trust ──┴──────────┘
 * </pre>
 */
package io.kerf.fleet;
