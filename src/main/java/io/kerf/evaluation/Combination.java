package io.kerf.evaluation;

import io.kerf.config.Version;
import io.kerf.density.Calibration;
import io.kerf.fault.FaultException;
import io.kerf.training.LearningSettings;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One evaluation that is asked for: a set, how to learn from it, and what to measure beside the usual.
 *
 * @param budget of training in words: {@code 5m}, {@code 400 steps}
 * @param askedAlpha the false-reject budget asked for; that of {@code settings} is larger where the held-out parts could not show it
 * @param normals good parts to draw; all of them where empty
 * @param light whether to measure under changes of light and place
 */
public record Combination(Dataset dataset, LearningSettings settings, String budget, double askedAlpha, OptionalInt normals, boolean light) {
  public Combination(Dataset dataset, LearningSettings settings, String budget, OptionalInt normals, boolean light) {
    this(dataset, settings, budget, settings.falseRejectBudget(), normals, light);
  }

  public long seed() {
    return settings.order().seed();
  }

  /** In words: {@code bottle, 5m, seed 1}. */
  public String words() {
    return dataset.name() + ", " + budget + ", seed " + seed() + (normals.isPresent() ? ", " + normals.getAsInt() + " normals" : "");
  }

  /** Folder of its report below that of all: {@code bottle/5m-seed1}. */
  String folder() {
    return dataset.name() + "/" + budget.replace(' ', '-') + "-seed" + seed() + (normals.isPresent() ? "-normals" + normals.getAsInt() : "");
  }

  /**
   * The good parts to learn from and to calibrate on, drawn where not all are asked for.
   *
   * @throws FaultException {@link io.kerf.fault.Fault#NO_IMAGES} or {@link io.kerf.fault.Fault#TOO_FEW_NORMALS} where the set has too few
   */
  List<GoodPart> parts() {
    List<LabelledImage> all = dataset.normals();
    List<LabelledImage> taken = normals.isPresent() ? dataset.drawn(normals.getAsInt(), seed()).train() : all;
    return taken.stream().map(image -> new GoodPart(image.image(), image.group())).toList();
  }

  /** Stands for the question: settings as asked, and the names of the images, by which an answer can be told to be one to it. */
  String fingerprint() {
    String images = Stream.concat(dataset.train().stream(), dataset.test().stream()).map(LabelledImage::name).collect(Collectors.joining("|"));
    String all = String.join("|", Version.CURRENT, settings.withFalseRejectBudget(askedAlpha).toString(), normals.toString(), images);
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Whether a result is one of this. One that also measured under changes of light answers where that was not asked. */
  boolean isAnsweredBy(EvaluationResult result) {
    return fingerprint().equals(result.settings().fingerprint()) && (!light || result.light().isPresent());
  }

  /** The same with the tightest false-reject budget that the held-out parts show by counting. */
  Combination withBudgetShown() {
    Combination shown = this;
    int heldOut = shown.heldOut();
    while (heldOut < Calibration.fewestHeldOut(shown.settings.falseRejectBudget())) {
      shown = new Combination(dataset, settings.withFalseRejectBudget(1.0 / (heldOut + 1)), budget, askedAlpha, normals, light);
      heldOut = shown.heldOut();
    }
    return shown;
  }

  private int heldOut() {
    return Normals.split(parts(), settings.falseRejectBudget(), seed()).heldOut().size();
  }
}
