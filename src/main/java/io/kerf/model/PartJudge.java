package io.kerf.model;

import io.kerf.density.ActivationMap;
import io.kerf.density.Calibration;
import io.kerf.density.Density;
import io.kerf.density.GaussianUpsampling;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.Encoding;
import io.kerf.imaging.ImageQuality;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.imaging.Violation;
import java.util.Optional;

/** From an upright picture to a score with its heat map, by one bundle. Stateless; safe for many threads. */
public final class PartJudge {
  private final Bundle bundle;
  private final Encoder encoder;

  PartJudge(Bundle bundle, Encoder encoder) {
    this.bundle = bundle;
    this.encoder = encoder;
  }

  /** Called after each stage with the name of the stage that ended: {@code frame}, {@code encode}, {@code score}, {@code heat}. */
  @FunctionalInterface
  public interface StageClock {
    StageClock NONE = stage -> {};

    void ended(Stage stage);
  }

  public enum Stage {
    FRAME,
    ENCODE,
    SCORE,
    HEAT_MAP
  }

  public Assessment assess(Picture upright, StageClock clock) {
    Preprocessing preprocessing = bundle.manifest().preprocessing();
    Picture framed = preprocessing.frame(upright);
    Optional<Violation> violation = bundle.rules().quality().violation(ImageQuality.of(framed));
    if (violation.isPresent()) {
      return new Assessment.CannotJudge(violation.get().code(), violation.get().message());
    }
    float[] planes = framed.planes();
    preprocessing.standardise(planes);
    clock.ended(Stage.FRAME);
    Encoding encoding = encoder.encode(planes)[0];
    clock.ended(Stage.ENCODE);
    Calibration calibration = bundle.rules().calibration();
    double score = bundle.density().score(encoding.embedding());
    double pValue = calibration.pValue(score).value();
    clock.ended(Stage.SCORE);
    float[] heat = heat(encoding, preprocessing.sizePx());
    clock.ended(Stage.HEAT_MAP);
    return new Assessment.Judged(score, pValue, calibration.rejects(score), heat, encoding.embedding());
  }

  /** The embedding of a framed picture's planes {@code [3,S,S]} in 0…1, which are overwritten. */
  public float[] embed(float[] framed) {
    bundle.manifest().preprocessing().standardise(framed);
    return encoder.encode(framed)[0].embedding();
  }

  private float[] heat(Encoding encoding, int sizePx) {
    return heat(bundle.density(), encoding, sizePx);
  }

  /** The closed-form activation map of a density, smoothed to the network's input size: {@code [S,S]}. */
  public static float[] heat(Density density, Encoding encoding, int sizePx) {
    float[] gradient = density.gradient(encoding.embedding());
    float[] coarse = ActivationMap.of(gradient, encoding.features(), encoding.height(), encoding.width());
    return GaussianUpsampling.of(encoding.height(), encoding.width(), sizePx).apply(coarse);
  }
}
