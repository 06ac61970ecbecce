/**
 * The demo line: what stands in for a camera while no station is configured.
 *
 * <p>{@link io.kerf.station.demo.PartRenderer} is the simulated camera. A picture comes about as it would in a plant: a turned
 * flange with its holes lies on a belt ({@code Flange}, {@code Belt}), perhaps something is wrong with it ({@code Defect}), light
 * falls on it ({@code Lamp}), and a camera takes it ({@code Camera}). Each step writes to the {@code Surface} or reads from it.
 *
 * <p>Limits: one kind of part, seen from above. It shows how the product learns and judges; figures measured on it say nothing
 * about a real part.
 */
package io.kerf.station.demo;
