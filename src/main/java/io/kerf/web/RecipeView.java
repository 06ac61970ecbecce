package io.kerf.web;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One recipe.
 *
 * @param number by which a PLC chooses it; null where it has none
 * @param partIds regular expression of the ids of its parts; null where the document says none
 * @param named whether the station document names it; it has a folder alone where not
 * @param since when it came into use, and by whom; null where it is not in use
 * @param model digest of its model; null where it has none
 * @param loaded whether that is in memory; it is loaded when its first part comes where not
 * @param conditions what is not as the document says, and what to do; none where all is
 */
@Schema(name = "Recipe")
public record RecipeView(String name, @Schema(nullable = true) String title, @Schema(nullable = true) Integer number, @Schema(nullable = true) String partIds, boolean named,
    boolean inUse, @Schema(nullable = true) Instant since, @Schema(nullable = true) String by, @Schema(nullable = true) String model, boolean loaded, int normals, int golden,
    List<String> conditions) {
  /** What became of the wish to use a recipe. @param note why its parts are not judged for now; null where they are */
  @Schema(name = "RecipeUsed")
  public record Used(String inUse, Instant since, String by, boolean changed, @Schema(nullable = true) String note) {}

  /**
   * A recipe that was copied or imported.
   *
   * @param model digest; null where it has none
   * @param section what the station document said of the one that it was made of, YAML under its new name: to be put into the station document by a person
   */
  @Schema(name = "RecipeMade")
  public record Made(String name, @Schema(nullable = true) String model, int normals, int golden, String section) {}
}
