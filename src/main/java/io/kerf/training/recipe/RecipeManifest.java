package io.kerf.training.recipe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file with a recipe holds; its last entry, {@value #FILE}. The first is {@value #FORMAT_FILE}, so that another version is known before anything is unpacked.
 *
 * @param recipe its name where it was exported
 * @param active digest of the model in use; empty where there was none
 * @param previous digest of the one before, to return to
 * @param section what the station document said of it, YAML; empty where that did not name it
 * @param files every other entry
 */
public record RecipeManifest(int format, String recipe, Instant exportedAt, Optional<String> active, Optional<String> previous, String section, List<Entry> files) {
  static final String FILE = "manifest.json";
  static final String FORMAT_FILE = "format";
  static final int FORMAT = 1;
  static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  /** Files of a recipe, models and images; more are neither exported nor imported. */
  static final int MOST_FILES = 50_000;
  /** Whatever else a file holds is refused: no name leads anywhere but here. */
  private static final Pattern NAME =
      Pattern.compile("models/[0-9a-f]{64}/[a-z0-9][a-z0-9.-]{0,63}|(normals|golden)/[0-9a-z][0-9a-z-]{0,63}\\.(jpg|jpeg|png|bmp|tif|tiff|bin|json)");

  public RecipeManifest {
    active = active == null ? Optional.empty() : active;
    previous = previous == null ? Optional.empty() : previous;
    section = section == null ? "" : section;
    files = files == null ? List.of() : List.copyOf(files);
  }

  /** @param name with slashes. @param sha256 in lower-case hexadecimal */
  public record Entry(String name, long bytes, String sha256) {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
