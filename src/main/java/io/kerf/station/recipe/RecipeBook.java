package io.kerf.station.recipe;

import io.kerf.config.document.PartIds;
import io.kerf.config.document.RecipeSection;
import io.kerf.config.document.StationDocument;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.station.document.InForce;
import io.kerf.station.line.RecipeChoice;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.storage.ChosenRecipe;
import io.kerf.storage.DocumentFolder.Version;
import io.kerf.storage.RecipeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The recipes of the station, which are those of its document and those that have a folder, and the one in use.
 *
 * <ol>
 *   <li>A part's recipe is the one that was asked for, else the first of the document whose pattern its id fits, else the one in use. It is looked up once, without
 *       a lock, when its frame is made: a change is between two frames, never within one.
 *   <li>What was chosen is durable before it is in use. Until somebody chooses, the document's first recipe is in use, whichever that is.
 *   <li>A chosen recipe that is no longer in the document and has no folder gives way to the document's first.
 *   <li>What another process chooses is taken up at the next {@link #look}.
 * </ol>
 */
public final class RecipeBook implements RecipeChoice {
  private static final Logger LOG = Logger.getLogger(RecipeBook.class);
  /** Who puts the document's first recipe into use. */
  static final String DOCUMENT = "document";

  private final Path file;
  private final Supplier<List<String>> folders;
  private final Function<String, Optional<String>> preparing;
  private final Clock clock;
  private final Consumer<Changed> observers;
  private volatile InForce inForce;
  private volatile List<Pattern> patterns = List.of();
  private volatile InUse inUse;
  private Optional<Stamp> lookedAt = Optional.empty();

  /** Of a file that is replaced whole: another file has another key though it be written within the same tick of the clock. */
  private record Stamp(FileTime modified, Object key) {}

  private record Pattern(String recipe, PartIds partIds) {}

  /**
   * The recipe in use.
   *
   * @param chosen whether somebody or something chose it; false where it is the document's first
   */
  public record InUse(String recipe, Instant since, String by, boolean chosen) {}

  /**
   * What became of a wish to use a recipe.
   *
   * @param changed false where it was in use already
   * @param objection why its parts are not judged for now, and what to do; empty where they are
   */
  public record Used(InUse now, boolean changed, Optional<String> objection) {}

  /**
   * @param file of what was chosen
   * @param folders names of the recipes that have a folder
   * @param preparing loads the model of a recipe before it comes into use; says why its parts will not be judged where they will not
   * @param observers are told of each change
   */
  public RecipeBook(Path file, Supplier<List<String>> folders, Function<String, Optional<String>> preparing, Clock clock, Consumer<Changed> observers) {
    this.file = file;
    this.folders = folders;
    this.preparing = preparing;
    this.clock = clock;
    this.observers = observers;
    this.inForce = new InForce(Optional.empty(), StationDocument.EMPTY);
    this.inUse = first();
  }

  /** As the station starts, which is no change. */
  public synchronized void open(InForce document) {
    inForce = document;
    patterns = patterns(document.document());
    inUse = chosen().map(one -> new InUse(one.recipe(), one.since(), one.by(), true)).orElseGet(this::first);
    if (!names().contains(inUse.recipe())) {
      fallBack();
    }
  }

  /** Another document is in force. */
  public synchronized void follow(InForce document) {
    inForce = document;
    patterns = patterns(document.document());
    if (inUse.chosen() && !names().contains(inUse.recipe())) {
      fallBack();
    } else if (!inUse.chosen() && !inUse.recipe().equals(document.document().firstRecipe())) {
      turnTo(first(), "It is the first of the station document.");
    }
  }

  /** Takes up what another process has chosen. Cheap where it has not. */
  public synchronized void look() {
    if (lookedAt.equals(stamp())) {
      return;
    }
    InUse now = chosen().map(one -> new InUse(one.recipe(), one.since(), one.by(), true)).orElseGet(this::first);
    if (!names().contains(now.recipe())) {
      LOG.errorf("%s names recipe %s, which there is not. Recipe %s stays in use.", file, now.recipe(), inUse.recipe());
      return;
    }
    if (now.recipe().equals(inUse.recipe())) {
      inUse = now.chosen() || inUse.chosen() ? now : inUse;
    } else {
      preparing.apply(now.recipe()).ifPresent(LOG::warn);
      turnTo(now, "");
    }
  }

  private Optional<ChosenRecipe> chosen() {
    lookedAt = stamp();
    return ChosenRecipe.read(file);
  }

  private Optional<Stamp> stamp() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Stamp(attributes.lastModifiedTime(), attributes.fileKey()));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private InUse first() {
    Optional<Version> version = inForce.version();
    return new InUse(inForce.document().firstRecipe(), version.map(Version::at).orElseGet(this::now), version.map(Version::by).orElse(DOCUMENT), false);
  }

  private void fallBack() {
    String gone = inUse.recipe();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warnf("%s could not be deleted: %s", file, e.getMessage());
    }
    turnTo(new InUse(inForce.document().firstRecipe(), now(), DOCUMENT, false), "Recipe " + gone + " is gone.");
  }

  private void turnTo(InUse next, String why) {
    InUse before = inUse;
    inUse = next;
    LOG.infof("Recipe %s is in use instead of %s, by %s. %s", next.recipe(), before.recipe(), next.by(), why);
    observers.accept(new Changed(next.since(), next.by(), Action.RECIPE_CHANGED, next.recipe(), before.recipe(), why));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static List<Pattern> patterns(StationDocument document) {
    List<Pattern> patterns = new ArrayList<>();
    document.recipes().forEach((name, recipe) -> recipe.partIds().ifPresent(pattern -> patterns.add(new Pattern(name, PartIds.of(pattern)))));
    return List.copyOf(patterns);
  }

  @Override
  public String forPart(Optional<String> asked, Optional<String> partId) {
    if (asked.isPresent()) {
      return RecipeName.require(asked.get());
    }
    if (partId.isPresent()) {
      for (Pattern pattern : patterns) {
        if (pattern.partIds.fit(partId.get())) {
          return pattern.recipe;
        }
      }
    }
    return inUse.recipe();
  }

  @Override
  public String inUse() {
    return inUse.recipe();
  }

  /** The recipe in use, with since when and by whom. */
  public InUse present() {
    return inUse;
  }

  @Override
  public int numberInUse() {
    return section(inUse.recipe()).number().orElse(0);
  }

  /** What the document says of a recipe; the defaults where it does not name it. */
  public RecipeSection section(String recipe) {
    return inForce.document().recipes().getOrDefault(recipe, RecipeSection.DEFAULT);
  }

  /** Those of the document, in its order, then those that have a folder alone. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(inForce.document().recipes().keySet());
    names.addAll(folders.get());
    return names;
  }

  /**
   * Uses a recipe from the next frame on; its model is loaded before. One whose model cannot be loaded is used all the same, and its parts are {@code UNJUDGED}: the
   * line has changed to that product whatever we can judge.
   *
   * @param by who or what asks
   * @throws FaultException {@link Fault#RECIPE_NOT_FOUND}; where the choice cannot be kept, and nothing has changed then
   */
  public Used use(String recipe, String by) {
    if (!names().contains(RecipeName.require(recipe))) {
      throw new FaultException(Fault.RECIPE_NOT_FOUND,
          "There is no recipe " + recipe + ", so recipe " + inUse.recipe() + " stays in use. There are: " + String.join(", ", names()) + ".");
    }
    Optional<String> objection = preparing.apply(recipe);
    objection.ifPresent(LOG::warn);
    return choose(recipe, by, objection);
  }

  private synchronized Used choose(String recipe, String by, Optional<String> objection) {
    if (inUse.chosen() && inUse.recipe().equals(recipe)) {
      return new Used(inUse, false, objection);
    }
    InUse next = new InUse(recipe, now(), by, true);
    new ChosenRecipe(recipe, next.since(), by).write(file);
    if (next.recipe().equals(inUse.recipe())) {
      inUse = next;
      return new Used(next, false, objection);
    }
    turnTo(next, objection.orElse(""));
    return new Used(next, true, objection);
  }

  @Override
  public void useNumber(int number, String by) {
    use(numbered(number), by);
  }

  @Override
  public void useNamed(String recipe, String by) {
    use(recipe, by);
  }

  private String numbered(int number) {
    return inForce.document().recipes().entrySet().stream().filter(one -> one.getValue().number().orElse(0) == number && number != 0).map(Map.Entry::getKey).findFirst()
        .orElseThrow(() -> new FaultException(Fault.RECIPE_NOT_FOUND,
            "No recipe of the station document has the number " + number + ", so recipe " + inUse.recipe() + " stays in use."));
  }
}
