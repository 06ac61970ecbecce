package io.kerf.training.recipe;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.DataFolder;
import io.kerf.storage.JobFolder;
import io.kerf.storage.RecipeName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whole recipes in the data folder, for a running station and for commands beside it.
 *
 * <ol>
 *   <li>A recipe appears whole, verified and durable, or not at all; one that is there is never written over.
 *   <li>A recipe that is removed is gone at once; its files are deleted afterwards, at the next start where this process dies meanwhile.
 * </ol>
 */
public final class RecipeFolders {
  private final DataFolder data;
  private final Clock clock;

  public RecipeFolders(DataFolder data, Clock clock) {
    this.data = data;
    this.clock = clock;
  }

  /** @param normals good parts to learn from. @param golden parts that every model must judge right */
  public record Counts(int normals, int golden) {}

  /**
   * A recipe that was imported.
   *
   * @param exportedAs its name where it came from
   * @param section what the station document there said of it, YAML; empty where it said nothing
   * @param model digest of its model; empty where it has none
   */
  public record Imported(String recipe, String exportedAs, String section, Optional<String> model, Counts counts) {}

  /** Images of a recipe, by its files. */
  public Counts counts(String recipe) {
    Path folder = data.recipe(recipe);
    try {
      return new Counts(RecipeContent.count(folder.resolve(RecipeContent.NORMALS)), RecipeContent.count(folder.resolve(RecipeContent.GOLDEN)));
    } catch (IOException e) {
      throw AtomicFiles.fault(folder, e);
    }
  }

  /**
   * A recipe to be written as one file.
   *
   * @param section what the station document says of it, YAML; may be empty
   * @throws FaultException {@link Fault#RECIPE_NOT_FOUND}; {@link Fault#BUNDLE_CORRUPT} where its model in use is damaged
   */
  public RecipeExport export(String recipe, String section) {
    Path folder = there(recipe);
    return new RecipeExport(recipe, folder, content(folder), section, clock.instant());
  }

  /**
   * Makes a recipe of an exported file.
   *
   * @param name of the new recipe; as it was exported where empty
   * @throws FaultException saying what is wrong with the file, {@link Fault#RECIPE_EXISTS}, or where a model in it is damaged; nothing has changed then
   */
  public Imported importFrom(InputStream file, Optional<String> name, String by) {
    name.ifPresent(this::requireFree);
    try (JobFolder job = JobFolder.make(data.recipeStaging())) {
      Path staged = Files.createDirectories(job.path().resolve("recipe"));
      RecipeManifest manifest = new RecipeImport(file, staged, RecipeImport.Limits.DEFAULT).unpack();
      String recipe = requireFree(name.orElse(manifest.recipe()));
      requireModels(staged, manifest.active(), manifest.previous());
      activate(staged, manifest.active(), manifest.previous(), new Change(by, "imported, exported as " + RecipeName.require(manifest.recipe())));
      AtomicFiles.publish(staged, data.recipe(recipe));
      return new Imported(recipe, manifest.recipe(), manifest.section(), manifest.active(), counts(recipe));
    } catch (IOException e) {
      throw AtomicFiles.fault(data.recipeStaging(), e);
    }
  }

  /** Of the models in the file those that it names are taken, and no others. */
  private static void requireModels(Path staged, Optional<String> active, Optional<String> previous) throws IOException {
    Path models = staged.resolve("models");
    Set<String> named = Stream.concat(active.stream(), previous.stream()).collect(Collectors.toSet());
    if (Files.isDirectory(models)) {
      try (Stream<Path> all = Files.list(models)) {
        all.map(one -> one.getFileName().toString()).filter(one -> !named.remove(one)).findFirst().ifPresent(other -> {
          throw new FaultException(Fault.RECIPE_FILE_INVALID, "Nothing was imported of this file: it holds model " + other + ", which its manifest does not name.");
        });
      }
    }
    if (!named.isEmpty()) {
      throw new FaultException(Fault.RECIPE_FILE_INVALID, "Nothing was imported of this file: its manifest names model " + named.iterator().next() + ", which it does not hold.");
    }
  }

  /** Verifies every byte of them. */
  private void activate(Path recipe, Optional<String> active, Optional<String> previous, Change change) throws IOException {
    BundleStore store = new BundleStore(recipe.resolve("models"));
    for (String digest : Stream.concat(previous.stream(), active.stream()).toList()) {
      store.activate(digest, change, clock.instant());
    }
  }

  /**
   * Makes a copy of a recipe: its model in use and the one before, normals and golden parts.
   *
   * @throws FaultException {@link Fault#RECIPE_NOT_FOUND}, {@link Fault#RECIPE_EXISTS}; {@link Fault#BUNDLE_CORRUPT} where its model in use is damaged
   */
  public void copy(String from, String to, String by) {
    Path folder = there(from);
    requireFree(to);
    RecipeContent content = content(folder);
    try (JobFolder job = JobFolder.make(data.recipeStaging())) {
      Path staged = Files.createDirectories(job.path().resolve("recipe"));
      for (String name : content.files()) {
        Files.createDirectories(staged.resolve(name).getParent());
        try {
          Files.copy(folder.resolve(name), staged.resolve(name));
        } catch (NoSuchFileException gone) {
          // An image that was taken from the recipe meanwhile.
        }
      }
      activate(staged, content.active(), content.previous(), new Change(by, "copied from recipe " + from));
      AtomicFiles.publish(staged, data.recipe(to));
    } catch (IOException e) {
      throw AtomicFiles.fault(data.recipe(to), e);
    }
  }

  /**
   * Removes a recipe with all that was learnt and collected for it. Verdicts on record stay.
   *
   * @param inUse the recipe in use, which stays
   * @throws FaultException {@link Fault#RECIPE_NOT_FOUND}, {@link Fault#RECIPE_IN_USE}
   */
  public void remove(String recipe, String inUse) {
    Path folder = there(recipe);
    if (recipe.equals(inUse)) {
      throw new FaultException(Fault.RECIPE_IN_USE, "Recipe " + recipe + " is in use, so it was not removed. Use another first.");
    }
    try (JobFolder job = JobFolder.make(data.recipeStaging())) {
      Files.move(folder, job.path().resolve("removed"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw AtomicFiles.fault(folder, e);
    }
  }

  private static RecipeContent content(Path folder) {
    try {
      return RecipeContent.of(folder);
    } catch (IOException e) {
      throw AtomicFiles.fault(folder, e);
    }
  }

  private Path there(String recipe) {
    Path folder = data.recipe(recipe);
    if (!Files.isDirectory(folder)) {
      throw new FaultException(Fault.RECIPE_NOT_FOUND, "Recipe " + recipe + " has nothing on this station: no model, no normals, no golden parts.");
    }
    return folder;
  }

  private String requireFree(String recipe) {
    if (Files.exists(data.recipe(recipe))) {
      throw new FaultException(Fault.RECIPE_EXISTS, "There is a recipe " + recipe + " on this station, and it stays as it is. Give the new one another name.");
    }
    return recipe;
  }
}
