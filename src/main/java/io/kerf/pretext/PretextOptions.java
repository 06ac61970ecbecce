package io.kerf.pretext;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.ArrayList;
import java.util.List;

/**
 * How strongly images vary before and while they are altered.
 *
 * @param imageJitter the most that brightness, contrast, saturation and hue of the whole image shift, 0…0.5
 * @param patchJitter the same for a patch before it is pasted, 0…0.5
 * @param translation the most the image moves each way, as a share of its side, 0…0.5; edges are repeated outwards
 */
public record PretextOptions(double imageJitter, double patchJitter, double translation) {
  /** Jitter 0.1 as in the paper, translation by up to a sixteenth. */
  public static final PretextOptions DEFAULTS = new PretextOptions(0.1, 0.1, 1.0 / 16);

  private static final double MOST = 0.5;

  /**
   * Checks all ranges at once.
   *
   * @throws FaultException {@link Fault#BAD_CONFIGURATION} naming each value out of range
   */
  public PretextOptions {
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
