/**
 * The station's own learning: {@link io.kerf.station.learning.Learner} asks the decision every few seconds, runs one attempt at a time,
 * puts its candidate on trial beside the model in use ({@link io.kerf.station.learning.Shadow}) and promotes it, or hands it to a person. {@code EnergyWatch}
 * measures what an attempt takes. What it does is kept in {@link io.kerf.station.learning.JobStore} and goes on after a restart.
 */
package io.kerf.station.learning;
