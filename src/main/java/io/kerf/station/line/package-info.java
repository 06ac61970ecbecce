/**
 * What sources and outputs of the line have in common: a {@link io.kerf.station.line.Source} brings frames to be judged, an
 * {@link io.kerf.station.line.Output} is told the {@link io.kerf.station.line.Outcome} of each part, {@link io.kerf.station.line.Triggers} lets whoever sees a
 * part come ask a camera for it, and {@link io.kerf.station.line.RecipeChoice} says which product it is.
 */
package io.kerf.station.line;
