package io.kerf.station.document;

import io.kerf.config.KerfConfig;
import io.kerf.config.document.CollectingSection;
import io.kerf.config.document.RecipeSection;
import io.kerf.config.document.StationDocument;
import io.kerf.training.normals.CollectingPolicy;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What holds now: the recipe's word before the station's, the station's before the settings of the machine. Asked anew each time. */
public final class StationSettings {
  private final KerfConfig machine;
  private final Supplier<StationDocument> document;

  public StationSettings(KerfConfig machine, Supplier<StationDocument> document) {
    this.machine = machine;
    this.document = document;
  }

  /** What people call the station. */
  public String name() {
    return document.get().station().name().orElse(machine.name());
  }

  /** When shifts begin, by the station's clock; none where counts are of the day. */
  public List<LocalTime> shifts() {
    return document.get().station().shifts();
  }

  /** Of a recipe; one that the document does not name has what the station has. */
  public KerfConfig.Learn learn(String recipe) {
    StationDocument now = document.get();
    RecipeSection section = section(now, recipe);
    return new LearnSettings(machine.learn(), now.learning(), section.learning(), section.model());
  }

  /** Which parts join the normals of a recipe by themselves; empty where none do. */
  public Optional<CollectingPolicy> collecting(String recipe) {
    StationDocument now = document.get();
    CollectingSection station = now.collecting();
    CollectingSection own = section(now, recipe).collecting();
    KerfConfig.Collect collect = machine.collect();
    if (!own.enabled().or(station::enabled).orElse(collect.enabled())) {
      return Optional.empty();
    }
    return Optional.of(new CollectingPolicy(first(own.leastPValue(), station.leastPValue(), collect.leastPValue()),
        first(own.leastDistance(), station.leastDistance(), collect.leastDistance()), first(own.maxCount(), station.maxCount(), collect.maxCount()),
        first(own.maxBytes(), station.maxBytes(), collect.maxBytes().asLongValue())));
  }

  /** Parts after a change of the model by which it has proved itself; 0 for none. */
  public int watchedParts(String recipe) {
    return section(document.get(), recipe).model().watchedParts().orElse(machine.swap().watchedParts());
  }

  private static RecipeSection section(StationDocument document, String recipe) {
    return document.recipes().getOrDefault(recipe, RecipeSection.DEFAULT);
  }

  static double first(OptionalDouble own, OptionalDouble station, double machine) {
    return own.orElse(station.orElse(machine));
  }

  static int first(OptionalInt own, OptionalInt station, int machine) {
    return own.orElse(station.orElse(machine));
  }

  static long first(OptionalLong own, OptionalLong station, long machine) {
    return own.orElse(station.orElse(machine));
  }
}
