package io.kerf.pretext;

import java.util.Arrays;
import java.util.Objects;
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

  /** Share of images that {@link PretextTask#NATURAL} leaves untouched. */
  private static final double UNTOUCHED_SHARE = 0.2;

  private static final float[] UNIT_OF_BYTE = unitOfByte();

  private final PretextTask task;
  private final int widthPx;
  private final int heightPx;
  private final PretextOptions options;

  /**
   * @param widthPx of the images: the network's input, or a crop of it
   * @throws IllegalArgumentException if a side is under {@link #SMALLEST_PX}
   */
  public PretextSampler(PretextTask task, int widthPx, int heightPx, PretextOptions options) {
    requireSize(Math.min(widthPx, heightPx));
    this.task = Objects.requireNonNull(task);
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.options = Objects.requireNonNull(options);
  }

  /**
   * Makes a batch of the given images, each of which appears once in each way, and says where each was altered.
   *
   * @param images n images, each {@code uint8 [3, heightPx, widthPx]}; left as they are
   * @param batch receives {@code float32 [ways·n, 3, heightPx, widthPx]} in 0…1: first way 0 of all images, then way 1, …
   * @param labels receives {@code [ways·n]}, the way of each; for {@link PretextTask#NATURAL} 1 where it was altered
   * @param masks receives {@code [ways·n, heightPx, widthPx]}: 1 where something was pasted, else 0
   * @throws IllegalArgumentException if an array is not of that length
   */
  public void fill(byte[][] images, float[] batch, int[] labels, byte[] masks, RandomGenerator rng) {
    int imageLength = 3 * widthPx * heightPx;
    requireLength("batch", task.ways() * images.length * imageLength, batch.length);
    requireLength("labels", task.ways() * images.length, labels.length);
    requireLength("masks", task.ways() * images.length * widthPx * heightPx, masks.length);
    Arrays.fill(masks, (byte) 0);
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
        stamp.markOn(masks, row * widthPx * heightPx, widthPx);
        labels[row] = way;
      }
    }
    if (task == PretextTask.NATURAL) {
      alterNaturally(images, batch, labels, masks, rng);
    }
  }

  /** Donors are the images of the batch as they came, so that what is pasted is never itself altered. */
  private void alterNaturally(byte[][] images, float[] batch, int[] labels, byte[] masks, RandomGenerator rng) {
    NaturalDefects defects = new NaturalDefects(rng);
    Planes donor = Planes.allocate(widthPx, heightPx);
    for (int i = 0; i < images.length; i++) {
      if (rng.nextDouble() >= UNTOUCHED_SHARE) {
        moveInto(images[rng.nextInt(images.length)], donor, rng);
        labels[i] = defects.paintOn(at(batch, i), donor, masks, i * widthPx * heightPx) ? 1 : 0;
      }
    }
  }

  private Planes at(float[] batch, int row) {
    return new Planes(batch, row * 3 * widthPx * heightPx, widthPx, heightPx);
  }

  /** Moves the image by a random whole number of pixels, repeating its edge, mirrors it where asked for, and turns bytes into 0…1. */
  private void moveInto(byte[] image, Planes moved, RandomGenerator rng) {
    int mostX = (int) Math.round(options.translation() * widthPx);
    int mostY = (int) Math.round(options.translation() * heightPx);
    int dx = rng.nextInt(-mostX, mostX + 1);
    int dy = rng.nextInt(-mostY, mostY + 1);
    int turn = options.mirrored() ? rng.nextInt(widthPx == heightPx ? 8 : 4) : 0;
    float[] values = moved.values();
    for (int channel = 0, to = moved.offset(); channel < 3; channel++) {
      int plane = channel * widthPx * heightPx;
      for (int y = 0; y < heightPx; y++) {
        int inY = clamp((turn & 2) == 0 ? y + dy : heightPx - 1 - y - dy, heightPx);
        for (int x = 0; x < widthPx; x++, to++) {
          int inX = clamp((turn & 1) == 0 ? x + dx : widthPx - 1 - x - dx, widthPx);
          int from = (turn & 4) == 0 ? inY * widthPx + inX : inX * widthPx + inY;
          values[to] = UNIT_OF_BYTE[image[plane + from] & 0xff];
        }
      }
    }
  }

  private static int clamp(int coordinate, int extent) {
    return Math.max(0, Math.min(extent - 1, coordinate));
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
