package io.kerf.training;

import io.kerf.imaging.Disturbance;
import io.kerf.imaging.Disturbance.Contrast;
import io.kerf.imaging.Disturbance.Gamma;
import io.kerf.imaging.Disturbance.Rotation;
import io.kerf.imaging.Disturbance.Shift;
import io.kerf.imaging.Extent;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A good part's picture as it was taken (number 0), or as it might have been: moved by up to 2 %, turned by up to 2°, its contrast and gamma
 * changed by up to a tenth. With few good parts, views show the densities how pictures of one part differ; they are no other parts.
 *
 * @param number of the view; the same number gives the same picture
 */
public record View(Path image, int number) {
  /** Views of each part that densities learn from where parts are few. */
  static final int PER_PART = 8;

  static View asTaken(Path image) {
    return new View(image, 0);
  }

  /** Decodes, disturbs and frames it. @throws io.kerf.fault.FaultException naming the file that cannot be read */
  Picture framed(Preprocessing preprocessing) {
    Picture picture = Normals.read(image, preprocessing);
    SplittableRandom random = new SplittableRandom(number);
    if (number > 0) {
      for (Disturbance change : List.of(new Shift(Extent.percent(random.nextDouble(-2, 2))), new Rotation(random.nextDouble(-2, 2)),
          new Contrast(random.nextDouble(-0.1, 0.1)), new Gamma(random.nextDouble(0.9, 1.1)))) {
        picture = change.applyTo(picture);
      }
    }
    return preprocessing.frame(picture);
  }
}
