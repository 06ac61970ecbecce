package io.kerf.config.document;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One product.
 *
 * @param number by which a PLC chooses it, 1 to 65535; not chosen by PLCs where absent
 * @param partIds regular expression ({@link PartIds}) that the whole id of a part fits that is this product; such a part is judged by this recipe whatever is
 *     in use
 * @param falseRejects α, the share of good parts that may be rejected, in (0, 1); what the model was calibrated for where absent, and where its held-out parts
 *     cannot show so tight a budget
 * @param region of the upright image in which the part lies: what a model of this recipe is trained on and judges
 */
public record RecipeSection(Optional<String> title, OptionalInt number, Optional<String> partIds, OptionalDouble falseRejects, Optional<RegionSection> region,
    ChecksSection checks, ModelSection model, LearningSection learning, CollectingSection collecting) {
  public static final RecipeSection DEFAULT = new RecipeSection(null, null, null, null, null, null, null, null, null);

  public RecipeSection {
    title = title == null ? Optional.empty() : title;
    number = number == null ? OptionalInt.empty() : number;
    partIds = partIds == null ? Optional.empty() : partIds;
    falseRejects = falseRejects == null ? OptionalDouble.empty() : falseRejects;
    region = region == null ? Optional.empty() : region;
    checks = checks == null ? ChecksSection.DEFAULT : checks;
    model = model == null ? ModelSection.DEFAULT : model;
    learning = learning == null ? LearningSection.DEFAULT : learning;
    collecting = collecting == null ? CollectingSection.DEFAULT : collecting;
  }

  /** In shares of the image's width and height, so that it does not depend on resolution. */
  public record RegionSection(double x, double y, double width, double height) {}

  /**
   * Beyond which an image cannot be judged; what the model learnt where absent.
   *
   * @param minBrightness darkest mean luminance, 0..1
   * @param maxBrightness brightest mean luminance, 0..1
   * @param minContrast least standard deviation of luminance, 0..1
   * @param minSharpness least sharpness, as a verdict's reason tells it
   */
  public record ChecksSection(OptionalDouble minBrightness, OptionalDouble maxBrightness, OptionalDouble minContrast, OptionalDouble minSharpness) {
    public static final ChecksSection DEFAULT = new ChecksSection(null, null, null, null);

    public ChecksSection {
      minBrightness = minBrightness == null ? OptionalDouble.empty() : minBrightness;
      maxBrightness = maxBrightness == null ? OptionalDouble.empty() : maxBrightness;
      minContrast = minContrast == null ? OptionalDouble.empty() : minContrast;
      minSharpness = minSharpness == null ? OptionalDouble.empty() : minSharpness;
    }
  }

  /**
   * Which model judges.
   *
   * @param pinned digest of the bundle that is used and no other, whatever is learnt; 64 hexadecimal digits
   * @param promotion who puts a candidate into use that passed every test
   * @param watchedParts parts after a change of the model by which it has proved itself, 0 for none
   */
  public record ModelSection(Optional<String> pinned, Optional<Promotion> promotion, OptionalInt watchedParts) {
    public static final ModelSection DEFAULT = new ModelSection(null, null, null);

    public ModelSection {
      pinned = pinned == null ? Optional.empty() : pinned;
      promotion = promotion == null ? Optional.empty() : promotion;
      watchedParts = watchedParts == null ? OptionalInt.empty() : watchedParts;
    }
  }

  /** {@code automatic}: the station; {@code by-hand}: a person. */
  public enum Promotion {
    AUTOMATIC,
    BY_HAND
  }
}
