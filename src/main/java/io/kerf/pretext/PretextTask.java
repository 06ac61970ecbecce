package io.kerf.pretext;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What the encoder learns to tell apart. Class 0 is always the untouched image, and every image is once in each class of a batch, but for {@link #NATURAL}. */
public enum PretextTask {
  CUTOUT("cutout", List.of(List.of(Alteration.CUTOUT))),
  SCAR("scar", List.of(List.of(Alteration.SCAR))),
  CUTPASTE("cutpaste", List.of(List.of(Alteration.CUTPASTE))),
  CUTPASTE_SCAR("cutpaste-scar", List.of(List.of(Alteration.CUTPASTE_SCAR))),
  /** Untouched, or with even chance CutPaste or CutPaste-Scar. */
  UNION("union", List.of(List.of(Alteration.CUTPASTE, Alteration.CUTPASTE_SCAR))),
  /** Untouched, CutPaste, CutPaste-Scar: the paper's best. */
  THREE_WAY("3-way", List.of(List.of(Alteration.CUTPASTE), List.of(Alteration.CUTPASTE_SCAR))),
  /** Every image once, four in five of them altered by {@link NaturalDefects}: what the dense head learns from. */
  NATURAL("natural", List.of());

  private final String label;
  private final List<List<Alteration>> alteredWays;

  PretextTask(String label, List<List<Alteration>> alteredWays) {
    this.label = label;
    this.alteredWays = alteredWays;
  }

  /**
   * The task of that {@link #label()}, in any case.
   *
   * @throws FaultException {@link Fault#BAD_CONFIGURATION} where there is none, naming those there are
   */
  public static PretextTask parse(String label) {
    return Arrays.stream(values())
        .filter(task -> task.label.equals(label.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new FaultException(Fault.BAD_CONFIGURATION,
            "There is no pretext task \"" + label + "\". Training has not started; choose one of " + choices() + "."));
  }

  private static String choices() {
    return Arrays.stream(values()).map(PretextTask::label).collect(Collectors.joining(", "));
  }

  /** The name on the command line and in reports: {@code 3-way}, {@code cutpaste}, … */
  public String label() {
    return label;
  }

  /** Versions of each image in a batch, the untouched one among them. */
  public int ways() {
    return 1 + alteredWays.size();
  }

  /** Outputs of the classifier; a version's label is its way, or for {@link #NATURAL} whether it was altered. */
  public int classes() {
    return Math.max(2, ways());
  }

  /** The alteration for one image of a way ≥ 1. */
  Alteration alteration(int way, RandomGenerator rng) {
    List<Alteration> choices = alteredWays.get(way - 1);
    return choices.size() == 1 ? choices.get(0) : choices.get(rng.nextInt(choices.size()));
  }

  @Override
  public String toString() {
    return label;
  }
}
