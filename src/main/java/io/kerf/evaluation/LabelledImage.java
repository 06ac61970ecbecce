package io.kerf.evaluation;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * An image file and what is known to be true of the part in it.
 *
 * @param image the file
 * @param defectClass name of the defect, or {@value #GOOD}
 * @param defective whether the part is bad
 * @param mask image of the same extent, bright where the defect is; absent where nobody drew one
 * @param group images of the same group show the same part or place and must not be split between fitting and calibration
 */
public record LabelledImage(Path image, String defectClass, boolean defective, Optional<Path> mask, Optional<String> group) {
  /** The class of parts without a defect. */
  public static final String GOOD = "good";

  public LabelledImage {
    Objects.requireNonNull(image);
    Objects.requireNonNull(defectClass);
    Objects.requireNonNull(mask);
    Objects.requireNonNull(group);
    if (defective == defectClass.equals(GOOD)) {
      throw new IllegalArgumentException("a part of class " + defectClass + " cannot be " + (defective ? "defective" : "good"));
    }
  }

  /** Class and file name, for example {@code broken_large/004.jpg}. */
  public String name() {
    return defectClass + "/" + image.getFileName();
  }
}
