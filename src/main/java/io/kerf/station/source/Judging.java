package io.kerf.station.source;

import io.kerf.inspection.Inspector;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.RecipeChoice;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a source needs to have its parts judged.
 *
 * @param clock for the time of day
 * @param nanos for durations, as {@link System#nanoTime()}
 * @param missed hears of parts that could not be judged; those that were judged are told of by the event of their record
 */
public record Judging(Inspector inspector, RecipeChoice recipes, Clock clock, LongSupplier nanos, Consumer<Outcome.Missed> missed) {
  public Judging {
    Objects.requireNonNull(inspector);
    Objects.requireNonNull(recipes);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(nanos);
    Objects.requireNonNull(missed);
  }
}
