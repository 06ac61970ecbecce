/**
 * Whoever sends: {@link io.kerf.fleet.sender.Composition} makes documents of a {@link io.kerf.fleet.sender.GroupFile}, {@link io.kerf.fleet.sender.Push} signs and sends
 * them stage by stage, as {@link io.kerf.fleet.sender.RolloutDecision} says. Runs on a laptop or a build server, and needs no server of its own.
 */
package io.kerf.fleet.sender;
