package io.kerf.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import io.kerf.imaging.Fit;
import io.kerf.imaging.Photometric;
import io.kerf.imaging.Preprocessing;
import io.kerf.pretext.PretextOptions;
import io.kerf.pretext.PretextTask;
import io.kerf.training.Length;
import io.kerf.training.Lesson;
import io.kerf.training.Objective;
import io.kerf.training.TrainingOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link Batches} of crops, and {@link PretextLoss} on them. */
class BatchesTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 32;
  private static final int CROP = 18;
  private static final int IMAGES = 6;
  /** Places of the dense head along a crop: ⌈18/4⌉. */
  private static final int CELLS = 5;

  private final byte[][] frames = frames();
  private final NormalImages normals = NormalImages.of(frames);

  private static byte[][] frames() {
    Random random = new Random(3);
    byte[][] frames = new byte[3][3 * WIDTH * HEIGHT];
    for (byte[] frame : frames) {
      random.nextBytes(frame);
    }
    return frames;
  }

  private static TrainingOrder order(PretextTask task, Objective objective, OptionalInt crop) {
    Lesson lesson = new Lesson(task, objective, crop, List.of(8), IMAGES, Lesson.Optimiser.SGD, 0.01, 0, 0, PretextOptions.of(0, 0, 0));
    return TrainingOrder.of(lesson, new Preprocessing(WIDTH, HEIGHT, Fit.SQUASH, Optional.empty(), Photometric.perImage()), new Length.Steps(9), 5, 1);
  }

  private Batches drawn(PretextTask task, Objective objective) {
    Batches batches = new Batches(order(task, objective, OptionalInt.of(CROP)), normals);
    batches.draw(4);
    return batches;
  }

  private static float[] pixels(Batches batches) {
    FloatBuffer buffer = batches.pixels();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  @Test
  void aCropIsAPieceOfAFrameStandardisedAsTheWholeFrame() {
    Batches batches = drawn(PretextTask.CUTPASTE, Objective.LOCATE);
    assertThat(List.of(batches.count(), batches.widthPx(), batches.heightPx())).containsExactly(2 * IMAGES, CROP, CROP);
    float[] pixels = pixels(batches);
    assertThat(pixels).hasSize(2 * IMAGES * 3 * CROP * CROP);
    for (int row = 0; row < IMAGES; row++) {
      assertThat(placesOf(pixels, row)).as("places where the untouched crop %d could have been taken", row).isEqualTo(1);
    }
  }

  /** Of all crops of all frames, how many are this one. */
  private int placesOf(float[] pixels, int row) {
    int places = 0;
    for (int image = 0; image < frames.length; image++) {
      float[] frame = normals.standardised(image, order(PretextTask.NATURAL, Objective.LOCATE, OptionalInt.empty()).preprocessing());
      for (int left = 0; left <= WIDTH - CROP; left++) {
        for (int top = 0; top <= HEIGHT - CROP; top++) {
          places += isCrop(pixels, row, frame, left, top) ? 1 : 0;
        }
      }
    }
    return places;
  }

  private static boolean isCrop(float[] pixels, int row, float[] frame, int left, int top) {
    for (int at = 0; at < 3 * CROP * CROP; at++) {
      int channel = at / (CROP * CROP);
      int y = at / CROP % CROP;
      if (Math.abs(pixels[row * 3 * CROP * CROP + at] - frame[(channel * HEIGHT + top + y) * WIDTH + left + at % CROP]) > 1e-5f) {
        return false;
      }
    }
    return true;
  }

  @Test
  void placesAreAlteredWhereAnyOfTheirPixelsIs() {
    Batches batches = drawn(PretextTask.CUTPASTE, Objective.LOCATE);
    float[] pixels = pixels(batches);
    float[] altered = batches.altered();
    assertThat(altered).hasSize(2 * IMAGES * CELLS * CELLS).contains(0, 1);
    float[] expected = new float[altered.length];
    for (int row = IMAGES; row < 2 * IMAGES; row++) {
      for (int at = 0; at < 3 * CROP * CROP; at++) {
        if (pixels[row * 3 * CROP * CROP + at] != pixels[(row - IMAGES) * 3 * CROP * CROP + at]) {
          expected[(row * CELLS + at / CROP % CROP / 4) * CELLS + at % CROP / 4] = 1;
        }
      }
    }
    assertThat(altered).isEqualTo(expected);
  }

  @Test
  void whatAStepDrawsDependsOnTheStepAlone() {
    Batches batches = drawn(PretextTask.NATURAL, Objective.LOCATE);
    float[] fourth = pixels(batches);
    float[] alteredFourth = batches.altered();
    batches.draw(5);
    assertThat(pixels(batches)).isNotEqualTo(fourth);
    batches.draw(4);
    assertThat(pixels(batches)).isEqualTo(fourth);
    assertThat(batches.altered()).isEqualTo(alteredFourth);
    assertThat(pixels(drawn(PretextTask.NATURAL, Objective.LOCATE))).isEqualTo(fourth);
  }

  @Test
  void withoutCropsWholeFramesAreLearntFromAndALargerCropIsTheFrame() {
    for (OptionalInt crop : List.of(OptionalInt.empty(), OptionalInt.of(96))) {
      Batches batches = new Batches(order(PretextTask.NATURAL, Objective.LOCATE, crop), normals);
      assertThat(List.of(batches.widthPx(), batches.heightPx())).containsExactly(WIDTH, HEIGHT);
    }
    assertThat(new Batches(order(PretextTask.NATURAL, Objective.LOCATE, OptionalInt.of(36)), normals).widthPx()).isEqualTo(36);
    assertThat(new Batches(order(PretextTask.NATURAL, Objective.LOCATE, OptionalInt.of(36)), normals).heightPx()).isEqualTo(HEIGHT);
  }

  /** −3·y·log σ(z) − (1−y)·log(1−σ(z)) in the mean, written out in double; numpy: np.mean(-3*y*np.log(s) - (1-y)*np.log1p(-s)). */
  @Test
  void theLossAtPlacesIsTheWeightedCrossEntropy() {
    Batches batches = drawn(PretextTask.NATURAL, Objective.LOCATE);
    float[] altered = batches.altered();
    float[] logits = logits(altered.length);
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double share = 1 / (1 + Math.exp(-logits[i]));
      sum -= 3 * altered[i] * Math.log(share) + (1 - altered[i]) * Math.log(1 - share);
    }
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      PretextLoss loss = new PretextLoss(Objective.LOCATE, batches, manager, Loss.softmaxCrossEntropyLoss());
      NDList outputs = new NDList(manager.create(logits, new Shape(IMAGES, 1, CELLS, CELLS)));
      assertThat((double) loss.of(outputs).getFloat()).isCloseTo(sum / logits.length, within(1e-5));
    }
  }

  private static float[] logits(int count) {
    Random random = new Random(9);
    float[] logits = new float[count];
    for (int i = 0; i < count; i++) {
      logits[i] = 2 * (float) random.nextGaussian();
    }
    return logits;
  }

  @Test
  void certainLogitsOverflowNothing() {
    Batches batches = drawn(PretextTask.NATURAL, Objective.LOCATE);
    float[] altered = batches.altered();
    float[] right = new float[altered.length];
    float[] wrong = new float[altered.length];
    double weights = 0;
    for (int i = 0; i < altered.length; i++) {
      right[i] = altered[i] == 1 ? 90 : -90;
      wrong[i] = -right[i];
      weights += altered[i] == 1 ? 3 : 1;
    }
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      PretextLoss loss = new PretextLoss(Objective.LOCATE, batches, manager, Loss.softmaxCrossEntropyLoss());
      Shape shape = new Shape(IMAGES, 1, CELLS, CELLS);
      NDList certain = new NDList(manager.create(right, shape));
      NDList mistaken = new NDList(manager.create(wrong, shape));
      assertThat((double) loss.of(certain).getFloat()).isCloseTo(0, within(1e-6));
      assertThat((double) loss.of(mistaken).getFloat()).isCloseTo(90 * weights / altered.length, within(1e-3));
      assertThat(loss.accuracy(certain)).isCloseTo(1, within(1e-6));
      assertThat(loss.accuracy(mistaken)).isCloseTo(0, within(1e-6));
      // A head that names every place, or none, is half right: it finds all and spares nothing.
      assertThat(loss.accuracy(new NDList(manager.ones(shape)))).isCloseTo(0.5, within(1e-6));
      assertThat(loss.accuracy(new NDList(manager.zeros(shape)))).isCloseTo(0.5, within(1e-6));
    }
  }

  @Test
  void whereBothAreAskedTheLossesAddUpAndAccuracyIsTheClassifiers() {
    Batches batches = drawn(PretextTask.NATURAL, Objective.BOTH);
    int[] labels = batches.labels();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      float[] ways = new float[2 * IMAGES];
      double entropy = 0;
      int right = 0;
      for (int i = 0; i < IMAGES; i++) {
        ways[2 * i] = 0.3f * i - 1;
        ways[2 * i + 1] = 0.4f;
        double own = ways[2 * i + labels[i]];
        entropy += Math.log(Math.exp(ways[2 * i]) + Math.exp(ways[2 * i + 1])) - own;
        right += (ways[2 * i + 1] > ways[2 * i] ? 1 : 0) == labels[i] ? 1 : 0;
      }
      NDArray classes = manager.create(ways, new Shape(IMAGES, 2));
      NDArray places = manager.create(logits(IMAGES * CELLS * CELLS), new Shape(IMAGES, 1, CELLS, CELLS));
      Loss crossEntropy = Loss.softmaxCrossEntropyLoss();
      double located = new PretextLoss(Objective.LOCATE, batches, manager, crossEntropy).of(new NDList(places)).getFloat();
      PretextLoss both = new PretextLoss(Objective.BOTH, batches, manager, crossEntropy);
      assertThat((double) both.of(new NDList(classes, places)).getFloat()).isCloseTo(entropy / IMAGES + located, within(1e-5));
      assertThat(both.accuracy(new NDList(classes, places))).isCloseTo(right / (double) IMAGES, within(1e-6));
    }
  }
}
