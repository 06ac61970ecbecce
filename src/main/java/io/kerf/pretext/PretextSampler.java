package io.kerf.pretext;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import java.util.random.RandomGenerator;

/**
 * Makes training batches of a pretext task.
 *
 * <p>Each image is moved and its colour jittered once; what comes of that is way 0, and all its other ways are altered copies of
 * it, so that the alteration is all there is to tell them apart. The same images and the same seed give the same batch. Holds no
 * state between calls: threads may share a sampler as long as each brings its own generator.
 */
public final class PretextSampler {
  /** The smallest side of an image. */
  public static final int SMALLEST_PX = 16;

  private static final float[] UNIT_OF_BYTE = unitOfByte();

  private final PretextTask task;
  private final int sizePx;
  private final PretextOptions options;

  /**
   * @param sizePx side of the images, which are square: the network's input size
   * @throws IllegalArgumentException if that is under {@link #SMALLEST_PX}
   */
  public PretextSampler(PretextTask task, int sizePx, PretextOptions options) {
    requireSize(sizePx);
    this.task = Objects.requireNonNull(task);
    this.sizePx = sizePx;
    this.options = Objects.requireNonNull(options);
  }

  /**
   * Makes a batch of the given images, all of which appear once in each way.
   *
   * @param images n images, each {@code uint8 [3, sizePx, sizePx]}; left as they are
   * @param batch receives {@code float32 [ways·n, 3, sizePx, sizePx]} in 0…1: first way 0 of all images, then way 1, …
   * @param labels receives {@code [ways·n]}, the way of each
   * @throws IllegalArgumentException if an array is not of that length
   */
  public void fill(byte[][] images, float[] batch, int[] labels, RandomGenerator rng) {
    fill(images, batch, labels, rng, (stamp, row) -> { });
  }

  /**
   * Makes a batch as {@link #fill(byte[][], float[], int[], RandomGenerator)} does, the same one for the same seed, and says where
   * each image was altered.
   *
   * @param masks receives {@code [ways·n, sizePx, sizePx]}: 1 where something was pasted, else 0
   */
  public void fill(byte[][] images, float[] batch, int[] labels, byte[] masks, RandomGenerator rng) {
    requireLength("masks", task.ways() * images.length * sizePx * sizePx, masks.length);
    Arrays.fill(masks, (byte) 0);
    fill(images, batch, labels, rng, (stamp, row) -> stamp.markOn(masks, row * sizePx * sizePx, sizePx));
  }

  private void fill(byte[][] images, float[] batch, int[] labels, RandomGenerator rng, ObjIntConsumer<Stamp> pasted) {
    int imageLength = 3 * sizePx * sizePx;
    requireLength("batch", task.ways() * images.length * imageLength, batch.length);
    requireLength("labels", task.ways() * images.length, labels.length);
    ColourJitter jitter = new ColourJitter(options.imageJitter());
    for (int i = 0; i < images.length; i++) {
      requireLength("image", imageLength, images[i].length);
      Planes untouched = at(batch, i);
      moveInto(images[i], untouched, rng);
      jitter.apply(untouched, rng);
      labels[i] = 0;
      for (int way = 1; way < task.ways(); way++) {
        int row = way * images.length + i;
        Planes altered = at(batch, row);
        System.arraycopy(batch, untouched.offset(), batch, altered.offset(), imageLength);
        Stamp stamp = task.alteration(way, rng).draw(untouched, options, rng);
        stamp.pasteOnto(altered);
        pasted.accept(stamp, row);
        labels[row] = way;
      }
    }
  }

  private Planes at(float[] batch, int row) {
    return new Planes(batch, row * 3 * sizePx * sizePx, sizePx, sizePx);
  }

  /** Moves the image by a random whole number of pixels, repeating its edge, and turns bytes into 0…1. */
  private void moveInto(byte[] image, Planes moved, RandomGenerator rng) {
    int most = (int) Math.round(options.translation() * sizePx);
    int dx = rng.nextInt(-most, most + 1);
    int dy = rng.nextInt(-most, most + 1);
    float[] values = moved.values();
    for (int row = 0; row < 3 * sizePx; row++) {
      int channel = row / sizePx;
      int from = (channel * sizePx + clamp(row - channel * sizePx + dy)) * sizePx;
      int to = moved.offset() + row * sizePx;
      for (int x = 0; x < sizePx; x++) {
        values[to + x] = UNIT_OF_BYTE[image[from + clamp(x + dx)] & 0xff];
      }
    }
  }

  private int clamp(int coordinate) {
    return Math.max(0, Math.min(sizePx - 1, coordinate));
  }

  static void requireSize(int sizePx) {
    if (sizePx < SMALLEST_PX) {
      throw new IllegalArgumentException("images of " + sizePx + " px are under " + SMALLEST_PX + " px");
    }
  }

  static void requireLength(String name, int expected, int found) {
    if (expected != found) {
      throw new IllegalArgumentException(name + " holds " + found + " values and not " + expected);
    }
  }

  private static float[] unitOfByte() {
    float[] units = new float[256];
    for (int i = 0; i < units.length; i++) {
      units[i] = i / 255f;
    }
    return units;
  }
}
