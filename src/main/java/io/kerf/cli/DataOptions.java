package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
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

  BundleStore store() {
    return new BundleStore(models.orElseGet(() -> new DataFolder(CommandConfig.dataFolder()).models(recipe)));
  }
}
