package io.kerf.station.document;

import io.kerf.config.KerfConfig;
import io.kerf.config.document.CollectingSection;
import io.kerf.config.document.RecipeSection;
import io.kerf.config.document.RetentionSection;
import io.kerf.config.document.StationDocument;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.store.EvidencePolicy;
import io.kerf.inspection.store.RetentionPolicy;
import io.kerf.model.Bundle;
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

  /** Whether everybody may look on without logging in. */
  public boolean openViewing() {
    return document.get().people().openViewing().orElse(machine.people().openViewing());
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

  /** Digest of the model that the document says judges a recipe; empty where it says none. */
  public Optional<String> pinned(String recipe) {
    return section(document.get(), recipe).model().pinned();
  }

  /**
   * For whoever is about to change the model of a recipe.
   *
   * @throws FaultException {@link Fault#MODEL_PINNED} where the document says which one is used
   */
  public void requireUnpinned(String recipe) {
    pinned(recipe).ifPresent(digest -> {
      throw new FaultException(Fault.MODEL_PINNED, "The station document says that recipe " + recipe + " uses bundle " + Bundle.shortened(digest)
          + " and no other, so that one stays. Change or take out recipes." + recipe + ".model.pinned in the document first.");
    });
  }

  /** Parts after a change of the model by which it has proved itself; 0 for none, as of a pinned model, which the station does not take out of use. */
  public int watchedParts(String recipe) {
    return pinned(recipe).isPresent() ? 0 : section(document.get(), recipe).model().watchedParts().orElse(machine.swap().watchedParts());
  }

  /** How much of the past is kept. */
  public RetentionPolicy retention() {
    RetentionSection station = document.get().retention();
    KerfConfig.Evidence evidence = machine.evidence();
    EvidencePolicy images = new EvidencePolicy(station.okShare().orElse(evidence.okShare()), station.ng().orElse(evidence.ng()), station.unjudged().orElse(evidence.unjudged()));
    return new RetentionPolicy(images, station.recent().orElse(evidence.recent()), station.maxBytes().orElse(evidence.maxBytes().asLongValue()),
        station.maxAge().orElse(evidence.maxAge()), station.leastFree().orElse(evidence.leastFree().asLongValue()), station.maxRecords().orElse(machine.records().maxCount()));
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
