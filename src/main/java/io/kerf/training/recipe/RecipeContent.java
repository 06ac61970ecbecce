package io.kerf.training.recipe;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.Activation;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What goes with a recipe: the model in use and the one before, normals, golden parts. Other models, attempts at learning and verdicts stay.
 *
 * @param active digest, verified just now. @param previous likewise; empty where there is none that is whole
 * @param files relative to the recipe's folder, with slashes
 */
record RecipeContent(Optional<String> active, Optional<String> previous, List<String> files) {
  static final String NORMALS = "normals";
  static final String GOLDEN = "golden";
  private static final String NOTE = ".json";

  /** @throws FaultException where the model in use is damaged, or there are more files than go with a recipe */
  static RecipeContent of(Path recipe) throws IOException {
    BundleStore store = new BundleStore(recipe.resolve("models"));
    List<String> files = new ArrayList<>();
    Optional<Activation> activation = store.active();
    Optional<Bundle> active = activation.isEmpty() ? Optional.empty() : Optional.of(store.load(activation.get().digest()));
    Optional<Bundle> previous = activation.flatMap(Activation::previous).flatMap(digest -> whole(store, digest));
    active.ifPresent(bundle -> files.addAll(files(bundle)));
    previous.ifPresent(bundle -> files.addAll(files(bundle)));
    files.addAll(images(recipe, NORMALS));
    files.addAll(images(recipe, GOLDEN));
    if (files.size() > RecipeManifest.MOST_FILES) {
      throw new FaultException(Fault.RECIPE_FILE_TOO_LARGE, "The recipe has " + files.size() + " files; at most " + RecipeManifest.MOST_FILES
          + " go into one. Take normals out of it that say nothing new.");
    }
    return new RecipeContent(active.map(Bundle::digest), previous.map(Bundle::digest), List.copyOf(files));
  }

  private static Optional<Bundle> whole(BundleStore store, String digest) {
    try {
      return Optional.of(store.load(digest));
    } catch (FaultException | IOException damaged) {
      return Optional.empty();
    }
  }

  private static List<String> files(Bundle bundle) {
    return Stream.concat(bundle.manifest().files().stream().map(Manifest.Entry::name), Stream.of(Manifest.FILE)).map(name -> "models/" + bundle.digest() + "/" + name).toList();
  }

  /** Images that have their note; the image comes before it, as where they were written. */
  private static List<String> images(Path recipe, String shelf) throws IOException {
    Path folder = recipe.resolve(shelf);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<String> names;
    try (Stream<Path> all = Files.list(folder)) {
      names = all.map(file -> file.getFileName().toString()).filter(name -> RecipeManifest.isName(shelf + "/" + name)).sorted().toList();
    }
    Set<String> there = new HashSet<>(names);
    List<String> pairs = new ArrayList<>();
    for (String image : names) {
      String note = image.substring(0, image.indexOf('.')) + NOTE;
      if (!image.endsWith(NOTE) && there.contains(note)) {
        pairs.add(shelf + "/" + image);
        pairs.add(shelf + "/" + note);
      }
    }
    return pairs;
  }

  /** Images on a shelf, by their notes; none where there is no shelf. */
  static int count(Path shelf) throws IOException {
    if (!Files.isDirectory(shelf)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(shelf)) {
      return (int) all.filter(file -> file.getFileName().toString().endsWith(NOTE)).count();
    }
  }
}
