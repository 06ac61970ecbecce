package io.kerf.station.recipe;

import io.kerf.config.document.RecipeSection;
import io.kerf.config.document.RecipeSection.ModelSection;
import io.kerf.config.document.RecipeSection.RegionSection;
import io.kerf.config.document.StationDocument;
import io.kerf.fault.Fault;
import io.kerf.imaging.Region;
import io.kerf.model.ActiveModels;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.Demands;
import io.kerf.model.Manifest;
import io.kerf.model.Swap;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings the models of recipes into line with the station document and with what other processes do to the data folder, and says where that cannot be.
 *
 * <ol>
 *   <li>A pinned model is put into use whenever another is found there. One that is not there changes nothing, and is told of until it is.
 *   <li>Where demands of a recipe change, its model is loaded anew with them; no frame is lost.
 *   <li>A recipe whose folder is gone leaves memory, but the one in use: what is in memory judges on.
 * </ol>
 */
public final class RecipeKeeper {
  private static final Logger LOG = Logger.getLogger(RecipeKeeper.class);
  private static final double ROUNDING = 1e-9;

  private final ActiveModels models;
  private final ModelsAtHand atHand;
  private final Function<String, BundleStore> stores;
  private final Supplier<StationDocument> document;
  private final Supplier<String> inUse;
  private final Consumer<String> gone;
  /** Recipes that there were. */
  private final Set<String> seen = new HashSet<>();
  /** Why the pinned model of a recipe is not in use. */
  private final Map<String, Trouble> pins = new ConcurrentHashMap<>();

  /** @param there whether the bundle was in the store */
  private record Trouble(String digest, boolean there, String words) {}

  /**
   * @param inUse the recipe in use
   * @param gone takes each recipe that has no folder any more
   */
  public RecipeKeeper(ActiveModels models, ModelsAtHand atHand, Function<String, BundleStore> stores, Supplier<StationDocument> document, Supplier<String> inUse,
      Consumer<String> gone) {
    this.models = models;
    this.atHand = atHand;
    this.stores = stores;
    this.document = document;
    this.inUse = inUse;
    this.gone = gone;
  }

  /** What a document demands of the models of a recipe. */
  public static Demands demands(StationDocument document, String recipe) {
    RecipeSection section = document.recipes().getOrDefault(recipe, RecipeSection.DEFAULT);
    RecipeSection.ChecksSection checks = section.checks();
    return new Demands(section.falseRejects(), checks.minBrightness(), checks.maxBrightness(), checks.minContrast(), checks.minSharpness());
  }

  /** Looks at every recipe. Called each second, and when another document is in force. @param folders names of the recipes that have a folder */
  public synchronized void tick(List<String> folders) {
    seen.addAll(models.loaded());
    for (String recipe : List.copyOf(seen)) {
      if (!folders.contains(recipe) && !recipe.equals(inUse.get()) && Files.notExists(stores.apply(recipe).folder())) {
        models.forget(recipe);
        pins.remove(recipe);
        gone.accept(recipe);
        seen.remove(recipe);
      }
    }
    seen.addAll(folders);
    for (String recipe : folders) {
      pin(recipe);
      if (models.current(recipe).isPresent() || models.refusal(recipe).isPresent()) {
        models.refresh(recipe);
        models.meetDemands(recipe);
      }
    }
    atHand.ahead(order(folders));
  }

  /** As models are loaded ahead: the recipe in use, then as the document has them, then the others. */
  public List<String> order(List<String> folders) {
    Set<String> order = new LinkedHashSet<>(List.of(inUse.get()));
    order.addAll(document.get().recipes().keySet());
    order.addAll(folders);
    order.retainAll(folders);
    return List.copyOf(order);
  }

  private void pin(String recipe) {
    Optional<String> pinned = model(recipe).pinned();
    Optional<String> present = pinned.flatMap(digest -> models.known(recipe)).map(BundleStore.Listed::digest);
    if (pinned.isEmpty() || present.equals(pinned)) {
      pins.remove(recipe);
      return;
    }
    String digest = pinned.get();
    boolean there = stores.apply(recipe).has(digest);
    Trouble before = pins.get(recipe);
    if (before != null && before.digest.equals(digest) && before.there == there) {
      return;
    }
    Swap swap = models.activateAnyway(recipe, digest, new Change(RecipeBook.DOCUMENT, "pinned by recipes." + recipe + ".model.pinned"));
    if (swap instanceof Swap.Refused refused && refused.fault() != Fault.DRAIN_OVERDUE) {
      String stays = present.map(one -> "bundle " + Bundle.shortened(one) + " stays in use").orElse("there is none in use");
      String why = there ? refused.detail()
          : "It is not on this station: bring it here with its recipe (kerf recipe import), or name one that is (kerf models list --recipe " + recipe + ").";
      Trouble trouble = new Trouble(digest, there,
          "The model that recipes." + recipe + ".model.pinned names, " + Bundle.shortened(digest) + ", cannot be used, so " + stays + ". " + why);
      pins.put(recipe, trouble);
      LOG.error(trouble.words + " [" + refused.fault().code() + "]");
    } else if (!(swap instanceof Swap.Refused)) {
      pins.remove(recipe);
      atHand.trim();
    }
  }

  private ModelSection model(String recipe) {
    return document.get().recipes().getOrDefault(recipe, RecipeSection.DEFAULT).model();
  }

  /** What is not as the document says, and what to do, a sentence each for a person; none where all is. */
  public List<String> conditions(String recipe) {
    List<String> conditions = new ArrayList<>();
    Optional.ofNullable(pins.get(recipe)).map(Trouble::words).ifPresent(conditions::add);
    models.refusal(recipe).map(why -> why.detail() + " [" + why.fault().code() + "]").ifPresent(conditions::add);
    conditions.addAll(models.unmet(recipe));
    models.known(recipe).flatMap(known -> elsewhere(recipe, known.manifest())).ifPresent(conditions::add);
    return conditions;
  }

  /** Where the document says no region, the model's is right. */
  private Optional<String> elsewhere(String recipe, Manifest manifest) {
    Optional<RegionSection> wanted = document.get().recipes().getOrDefault(recipe, RecipeSection.DEFAULT).region();
    Optional<Region> trained = manifest.preprocessing().region();
    if (wanted.isEmpty() || same(wanted.get(), trained.orElse(new Region(0, 0, 1, 1)))) {
      return Optional.empty();
    }
    return Optional.of("The model of recipe " + recipe + " was trained on " + trained.map(region -> words(region.x(), region.y(), region.width(), region.height()))
        .orElse("the whole image") + " and judges that, but the station document says " + words(wanted.get().x(), wanted.get().y(), wanted.get().width(), wanted.get().height())
        + ". Train anew: kerf train <folder> --recipe " + recipe + " --activate.");
  }

  private static boolean same(RegionSection wanted, Region trained) {
    return Math.abs(wanted.x() - trained.x()) < ROUNDING && Math.abs(wanted.y() - trained.y()) < ROUNDING && Math.abs(wanted.width() - trained.width()) < ROUNDING
        && Math.abs(wanted.height() - trained.height()) < ROUNDING;
  }

  private static String words(double x, double y, double width, double height) {
    return "the region x " + x + ", y " + y + ", width " + width + ", height " + height;
  }
}
