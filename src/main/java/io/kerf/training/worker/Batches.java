package io.kerf.training.worker;

import io.kerf.pretext.PretextSampler;
import io.kerf.training.TrainingOrder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * Draws the batch of a step. What a step draws depends on the seed and the step alone, so that a resumed job draws the same.
 *
 * <p>All ways of an image are standardised as the image was before its colour was jittered: by its own mean and deviation each would
 * lose the jitter of brightness and contrast again, and the altered ones would differ from the untouched one everywhere.
 */
final class Batches {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final TrainingOrder order;
  private final NormalImages normals;
  private final PretextSampler sampler;
  private final byte[][] drawn;
  private final float[] batch;
  private final float[] image;
  private final float[] original;
  private final int[] labels;
  private final FloatBuffer pixels;

  Batches(TrainingOrder order, NormalImages normals, PretextSampler sampler) {
    this.order = order;
    this.normals = normals;
    this.sampler = sampler;
    int perImage = 3 * order.preprocessing().sizePx() * order.preprocessing().sizePx();
    int images = order.imagesPerStep() * order.task().ways();
    drawn = new byte[order.imagesPerStep()][];
    batch = new float[images * perImage];
    image = new float[perImage];
    original = new float[perImage];
    labels = new int[images];
    pixels = ByteBuffer.allocateDirect(4 * batch.length).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Fills {@link #pixels()} and {@link #labels()} for a step. */
  void draw(long step) {
    SplittableRandom random = new SplittableRandom(order.seed() + GOLDEN * (step + 1));
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = normals.get(random.nextInt(normals.count()));
    }
    sampler.fill(drawn, batch, labels, random);
    pixels.clear();
    for (int at = 0; at < batch.length; at += image.length) {
      System.arraycopy(batch, at, image, 0, image.length);
      NormalImages.toShares(drawn[at / image.length % drawn.length], original);
      order.preprocessing().photometric().standardiseAs(image, original);
      pixels.put(image);
    }
    pixels.flip();
  }

  /** {@code [ways · images, 3, S, S]}, way by way; overwritten by the next {@link #draw}. */
  FloatBuffer pixels() {
    return pixels.duplicate();
  }

  int[] labels() {
    return labels;
  }
}
