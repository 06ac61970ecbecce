package io.kerf.model;

import io.kerf.density.Calibration;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.Encoding;
import io.kerf.imaging.ImageQuality;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.imaging.Violation;
import java.util.Optional;

/** From an upright picture to a score with its heat map, by one bundle. Keeps nothing but the light it saw; safe for many threads. */
public final class PartJudge {
  private final Bundle bundle;
  private final Encoder encoder;
  private final LightWatch light;

  PartJudge(Bundle bundle, Encoder encoder, LightWatch light) {
    this.bundle = bundle;
    this.encoder = encoder;
    this.light = light;
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
    ImageQuality quality = ImageQuality.of(framed);
    light.saw(quality);
    Optional<Violation> violation = bundle.rules().quality().violation(quality);
    if (violation.isPresent()) {
      return new Assessment.CannotJudge(violation.get().code(), violation.get().message());
    }
    float[] planes = framed.planes();
    preprocessing.standardise(planes);
    clock.ended(Stage.FRAME);
    Encoding encoding = encoder.encode(framed.width(), framed.height(), planes)[0];
    clock.ended(Stage.ENCODE);
    PartScorer.Reading reading = bundle.scorer().read(encoding, planes, framed.width(), framed.height());
    Calibration calibration = bundle.rules().calibration();
    double score = bundle.rules().fusion().score(reading.scores());
    double pValue = calibration.pValue(score).value();
    clock.ended(Stage.SCORE);
    float[] heat = bundle.rules().heat().heat(reading.maps(), framed.width(), framed.height());
    clock.ended(Stage.HEAT_MAP);
    return new Assessment.Judged(score, pValue, calibration.rejects(score), heat, reading.scores(), encoding);
  }

  /** What the encoder says of a framed picture. @param framed its values are overwritten */
  public Encoding encode(Picture framed) {
    bundle.manifest().preprocessing().standardise(framed.planes());
    return encoder.encode(framed.width(), framed.height(), framed.planes())[0];
  }
}
