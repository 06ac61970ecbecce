/** Stations without a line, for {@code kerf bench fleet} and for trying a rollout before it reaches a plant. */
package io.kerf.fleet.simulation;
