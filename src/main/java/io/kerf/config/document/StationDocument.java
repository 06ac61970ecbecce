package io.kerf.config.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a station does.
 *
 * @param schema version of the document's form: {@value #SCHEMA}
 * @param recipes products that the station inspects, by name; {@code default} alone where the document names none
 * @param startWith the recipe in use until somebody or something chooses another; the first where absent
 */
public record StationDocument(int schema, StationSection station, Map<String, RecipeSection> recipes, Optional<String> startWith, SourcesSection sources,
    OutputsSection outputs, RetentionSection retention, LearningSection learning, CollectingSection collecting, PeopleSection people, FleetSection fleet) {
  public static final int SCHEMA = 1;

  /** The recipe of a station whose document names none. */
  public static final String DEFAULT_RECIPE = "default";

  /** What holds where there is no document: every section as its defaults are. */
  public static final StationDocument EMPTY = new StationDocument(SCHEMA, null, null, null, null, null, null, null, null, null, null);

  public StationDocument {
    station = station == null ? StationSection.DEFAULT : station;
    Map<String, RecipeSection> named = new LinkedHashMap<>(recipes == null || recipes.isEmpty() ? Map.of(DEFAULT_RECIPE, RecipeSection.DEFAULT) : recipes);
    named.replaceAll((name, recipe) -> recipe == null ? RecipeSection.DEFAULT : recipe);
    recipes = Collections.unmodifiableMap(named);
    startWith = startWith == null ? Optional.empty() : startWith;
    sources = sources == null ? SourcesSection.DEFAULT : sources;
    outputs = outputs == null ? OutputsSection.DEFAULT : outputs;
    retention = retention == null ? RetentionSection.DEFAULT : retention;
    learning = learning == null ? LearningSection.DEFAULT : learning;
    collecting = collecting == null ? CollectingSection.DEFAULT : collecting;
    people = people == null ? PeopleSection.DEFAULT : people;
    fleet = fleet == null ? FleetSection.DEFAULT : fleet;
  }

  /** The recipe in use until another is chosen. */
  public String firstRecipe() {
    return startWith.orElseGet(() -> recipes.keySet().iterator().next());
  }
}
