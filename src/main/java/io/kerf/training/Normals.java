package io.kerf.training;

import io.kerf.density.HeldOutSplit;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Fit;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Photometric;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The good parts, split once into those that are learnt from and those that only the calibration sees.
 *
 * @param fit learnt from, by encoder and density
 * @param heldOut seen by the calibration alone
 */
public record Normals(List<Path> fit, List<Path> heldOut) {
  /** Fewer than this can neither be learnt from nor calibrated on. */
  public static final int SMALLEST = 4;

  private static final int SIGNATURE_PX = 32;

  /** @param group what belongs together and must stay on one side of the split: a lot, a sequence, a tile */
  public record GoodPart(Path image, Optional<String> group) {}

  /**
   * Splits by group where the parts have one, and keeps near-duplicates together in any case.
   *
   * @throws FaultException {@link Fault#TOO_FEW_NORMALS}, or the fault of an image that cannot be read, naming it
   */
  public static Normals split(List<GoodPart> parts, double falseRejectBudget, long seed) {
    if (parts.size() < SMALLEST) {
      throw new FaultException(Fault.TOO_FEW_NORMALS, "There " + (parts.size() == 1 ? "is 1 good part" : "are " + parts.size() + " good parts")
          + "; at least " + SMALLEST + " are needed to learn and to calibrate, and some hundred to do it well. Add more images of good parts.");
    }
    List<float[]> signatures = parts.stream().parallel().map(part -> signature(part.image())).toList();
    List<String> groups = parts.stream().map(part -> part.group().orElse("")).toList();
    int wanted = HeldOutSplit.heldOutCount(parts.size(), falseRejectBudget);
    HeldOutSplit split = HeldOutSplit.of(signatures, groups, wanted, seed);
    return new Normals(pick(parts, split.fit()), pick(parts, split.heldOut()));
  }

  private static List<Path> pick(List<GoodPart> parts, int[] indices) {
    List<Path> picked = new ArrayList<>();
    Arrays.stream(indices).sorted().forEach(i -> picked.add(parts.get(i).image()));
    return picked;
  }

  /** A standardised grey thumbnail: near-duplicates are close in it whatever the light. */
  private static float[] signature(Path file) {
    Preprocessing thumbnail = new Preprocessing(SIGNATURE_PX, Fit.SQUASH, Optional.empty(), Photometric.perImage());
    Picture framed = thumbnail.frame(read(file, thumbnail));
    float[] planes = framed.planes();
    thumbnail.standardise(planes);
    float[] grey = new float[SIGNATURE_PX * SIGNATURE_PX];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (planes[i] + planes[i + grey.length] + planes[i + 2 * grey.length]) / 3;
    }
    return grey;
  }

  /** Decodes a file of a folder of good parts. @throws FaultException naming the file */
  static Picture read(Path file, Preprocessing preprocessing) {
    try {
      return new ImageDecoder(ImageLimits.DEFAULT).decode(Files.readAllBytes(file), preprocessing.neededShortSidePx()).picture();
    } catch (FaultException e) {
      throw new FaultException(e.fault(), file + ": " + e.detail(), e);
    } catch (IOException e) {
      throw new FaultException(Fault.NOT_FOUND, file + " cannot be read: " + e + ". Check that it is still there.", e);
    }
  }
}
