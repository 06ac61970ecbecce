package io.kerf.training.worker;

import io.kerf.imaging.Preprocessing;
import io.kerf.pretext.PretextOptions;
import io.kerf.pretext.PretextSampler;
import io.kerf.training.Lesson;
import io.kerf.training.TrainingOrder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * Draws the batch of a step. What a step draws depends on the seed and the step alone, so that a resumed job draws the same.
 *
 * <p>All ways of an image, and every crop of it, are standardised as the whole image was before its colour was jittered: by its own mean
 * and deviation each would lose the jitter of brightness and contrast again, the altered ones would differ from the untouched one
 * everywhere, and a crop of an even surface would be blown up to noise.
 */
final class Batches {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final TrainingOrder order;
  private final NormalImages normals;
  private final PretextSampler sampler;
  private final int widthPx;
  private final int heightPx;
  private final byte[][] whole;
  private final byte[][] drawn;
  private final float[] batch;
  private final float[] image;
  private final float[] original;
  private final int[] labels;
  private final byte[] masks;
  private final FloatBuffer pixels;

  Batches(TrainingOrder order, NormalImages normals) {
    this.order = order;
    this.normals = normals;
    Preprocessing frame = order.preprocessing();
    Lesson lesson = order.lesson();
    widthPx = lesson.cropPx().isPresent() ? Math.min(lesson.cropPx().getAsInt(), frame.widthPx()) : frame.widthPx();
    heightPx = lesson.cropPx().isPresent() ? Math.min(lesson.cropPx().getAsInt(), frame.heightPx()) : frame.heightPx();
    PretextOptions augmentation = crops() ? lesson.augmentation().forCropsOf(frame.sizePx()) : lesson.augmentation();
    sampler = new PretextSampler(lesson.task(), widthPx, heightPx, augmentation);
    int images = lesson.imagesPerStep() * lesson.task().ways();
    whole = new byte[lesson.imagesPerStep()][];
    drawn = new byte[lesson.imagesPerStep()][];
    batch = new float[images * 3 * widthPx * heightPx];
    image = new float[3 * widthPx * heightPx];
    original = new float[3 * frame.widthPx() * frame.heightPx()];
    labels = new int[images];
    masks = new byte[images * widthPx * heightPx];
    pixels = ByteBuffer.allocateDirect(4 * batch.length).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private boolean crops() {
    return widthPx < order.preprocessing().widthPx() || heightPx < order.preprocessing().heightPx();
  }

  int count() {
    return labels.length;
  }

  int widthPx() {
    return widthPx;
  }

  int heightPx() {
    return heightPx;
  }

  /** Fills {@link #pixels()}, {@link #labels()} and {@link #altered()} for a step. */
  void draw(long step) {
    SplittableRandom random = new SplittableRandom(order.seed() + GOLDEN * (step + 1));
    for (int i = 0; i < drawn.length; i++) {
      whole[i] = normals.get(random.nextInt(normals.count()));
      drawn[i] = crops() ? crop(whole[i], random) : whole[i];
    }
    sampler.fill(drawn, batch, labels, masks, random);
    pixels.clear();
    for (int row = 0; row < labels.length; row++) {
      System.arraycopy(batch, row * image.length, image, 0, image.length);
      NormalImages.toShares(whole[row % drawn.length], original);
      order.preprocessing().photometric().standardiseAs(image, original);
      pixels.put(image);
    }
    pixels.flip();
  }

  private byte[] crop(byte[] from, SplittableRandom random) {
    int frameWidth = order.preprocessing().widthPx();
    int frameHeight = order.preprocessing().heightPx();
    int left = random.nextInt(frameWidth - widthPx + 1);
    int top = random.nextInt(frameHeight - heightPx + 1);
    byte[] crop = new byte[3 * widthPx * heightPx];
    for (int row = 0; row < 3 * heightPx; row++) {
      int channel = row / heightPx;
      int y = top + row - channel * heightPx;
      System.arraycopy(from, (channel * frameHeight + y) * frameWidth + left, crop, row * widthPx, widthPx);
    }
    return crop;
  }

  /** {@code [ways · images, 3, height, width]}, way by way; overwritten by the next {@link #draw}. */
  FloatBuffer pixels() {
    return pixels.duplicate();
  }

  int[] labels() {
    return labels;
  }

  /**
   * Where each image was altered, at the dense head's resolution: {@code [ways · images, 1, ⌈height/4⌉, ⌈width/4⌉]}, 1 where any of the place's
   * pixels was.
   */
  float[] altered() {
    int high = cells(heightPx);
    int wide = cells(widthPx);
    float[] altered = new float[labels.length * high * wide];
    for (int row = 0; row < labels.length * heightPx; row++) {
      int image = row / heightPx;
      int to = (image * high + (row - image * heightPx) / STRIDE) * wide;
      for (int x = 0; x < widthPx; x++) {
        if (masks[row * widthPx + x] != 0) {
          altered[to + x / STRIDE] = 1;
        }
      }
    }
    return altered;
  }

  /** Places along a side of the dense head's map. */
  static int cells(int px) {
    return (px + STRIDE - 1) / STRIDE;
  }

  private static final int STRIDE = 4;
}
