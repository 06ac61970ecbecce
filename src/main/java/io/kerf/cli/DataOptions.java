package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.config.document.RecipeSection;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.storage.DataFolder;
import io.kerf.storage.RecipeName;
import io.kerf.training.normals.RecipeImages;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where models are: a recipe of the data folder, or any folder. */
final class DataOptions {
  @Option(names = "--recipe", paramLabel = "NAME", defaultValue = RecipeName.DEFAULT, description = "Product. Default: ${DEFAULT-VALUE}.")
  private String recipe;

  @Option(names = {"--models", "--out"}, paramLabel = "DIR", description = "Models folder. Default: that of the recipe in the data folder (KERF_DATA, or ./data).")
  private Optional<Path> models = Optional.empty();

  String recipe() {
    return recipe;
  }

  /** The recipe's images; empty where models go to a folder of their own. */
  Optional<RecipeImages> images() {
    return models.isPresent() ? Optional.empty()
        : Optional.of(new RecipeImages(new DataFolder(CommandConfig.dataFolder())::recipe, new ImageDecoder(ImageLimits.DEFAULT)));
  }

  /** What the station document says of the recipe; the defaults where models go to a folder of their own. */
  RecipeSection section() {
    return models.isPresent() ? RecipeSection.DEFAULT : DocumentInForce.recipe(recipe);
  }

  /** A station puts a pinned model back. @param digest that is about to be used, which may be the pinned one. @throws FaultException {@link Fault#MODEL_PINNED} */
  void requireUnpinned(Optional<String> digest) {
    Optional<String> pinned = section().model().pinned();
    if (pinned.isPresent() && !pinned.equals(digest)) {
      throw new FaultException(Fault.MODEL_PINNED, "The station document says that recipe " + recipe + " uses bundle " + Bundle.shortened(pinned.get())
          + " and no other, so that one stays. Change or take out recipes." + recipe + ".model.pinned in the document first.");
    }
  }

  BundleStore store() {
    return new BundleStore(models.orElseGet(() -> new DataFolder(CommandConfig.dataFolder()).models(recipe)));
  }
}
