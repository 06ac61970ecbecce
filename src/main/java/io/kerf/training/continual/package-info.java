/**
 * How a recipe's model is kept up to date: {@link io.kerf.training.continual.TrainingDecision} says when, {@link
 * io.kerf.training.continual.Relearning} makes a candidate of what the station has collected, at one of two {@link
 * io.kerf.training.continual.Speed speeds}, {@link io.kerf.training.continual.Gate} says whether it may be used, and {@link
 * io.kerf.training.continual.ShadowTrial} whether it does on the line what it did in the gate. All decisions are pure functions.
 */
package io.kerf.training.continual;
