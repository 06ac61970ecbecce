package io.kerf.pretext;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How strongly images vary before and while they are altered.
 *
 * @param imageJitter the most that brightness, contrast, saturation and hue of the whole image shift, 0…0.5
 * @param patchJitter the same for a patch before it is pasted, 0…0.5
 * @param translation the most the image moves each way, as a share of its side, 0…0.5; edges are repeated outwards
 * @param mirrored whether images are mirrored and, where square, turned by quarters at random: eight times the normals for parts that have
 *     no fixed way up
 * @param framePx side of the network's whole input where the images are crops of it; the image's own where empty
 */
public record PretextOptions(double imageJitter, double patchJitter, double translation, boolean mirrored, OptionalInt framePx) {
  /** Jitter 0.1 as in the paper, translation by up to a sixteenth. */
  public static final PretextOptions DEFAULTS = of(0.1, 0.1, 1.0 / 16);

  /** For whole images that stay the way up they are. */
  public static PretextOptions of(double imageJitter, double patchJitter, double translation) {
    return new PretextOptions(imageJitter, patchJitter, translation, false, OptionalInt.empty());
  }

  /** For crops of a frame: taken anywhere, they need no translation. */
  public PretextOptions forCropsOf(int wholeFramePx) {
    return new PretextOptions(imageJitter, patchJitter, 0, mirrored, OptionalInt.of(wholeFramePx));
  }

  public PretextOptions withMirrored(boolean mirror) {
    return new PretextOptions(imageJitter, patchJitter, translation, mirror, framePx);
  }

  public PretextOptions withImageJitter(double strength) {
    return new PretextOptions(strength, patchJitter, translation, mirrored, framePx);
  }

  private static final double MOST = 0.5;

  /**
   * Checks all ranges at once.
   *
   * @throws FaultException {@link Fault#BAD_CONFIGURATION} naming each value out of range
   */
  public PretextOptions {
    Objects.requireNonNull(framePx);
    List<String> problems = new ArrayList<>();
    check(problems, "image jitter", imageJitter);
    check(problems, "patch jitter", patchJitter);
    check(problems, "translation", translation);
    if (!problems.isEmpty()) {
      throw new FaultException(Fault.BAD_CONFIGURATION,
          String.join("; ", problems) + ". Training has not started; choose 0 to " + MOST + ".");
    }
  }

  private static void check(List<String> problems, String name, double value) {
    if (!(value >= 0 && value <= MOST)) {
      problems.add("The " + name + " of " + value + " is outside 0 to " + MOST);
    }
  }
}
