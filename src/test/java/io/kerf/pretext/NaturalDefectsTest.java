package io.kerf.pretext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link PretextTask#NATURAL}: {@link NaturalDefects} and {@link TurnedPatch}, alone and in batches. */
class NaturalDefectsTest {
  private static final float VISIBLE = 4f / 255;
  private static final PretextOptions STILL = PretextOptions.of(0, 0, 0);

  private final Random random = new Random(7);

  private Planes noise(int width, int height) {
    Planes image = Planes.allocate(width, height);
    for (int i = 0; i < image.values().length; i++) {
      image.values()[i] = random.nextFloat();
    }
    return image;
  }

  private static float change(float[] before, float[] after, int at) {
    int area = before.length / 3;
    return (Math.abs(before[at] - after[at]) + Math.abs(before[at + area] - after[at + area]) + Math.abs(before[at + 2 * area] - after[at + 2 * area])) / 3;
  }

  /** The fade of an edge reaches two pixels, a little more at the ends of a thin ellipse; what lies outside the shape itself is not marked. */
  @ParameterizedTest
  @CsvSource({"96, 96", "16, 16", "17, 96", "120, 40"})
  void whatIsMarkedVisiblyChangedAndWhatChangedIsMarkedButForTheFadeOfTheEdge(int width, int height) {
    int painted = 0;
    for (int draw = 0; draw < 200; draw++) {
      Planes image = noise(width, height);
      float[] before = image.values().clone();
      byte[] mask = new byte[7 + width * height];
      boolean any = new NaturalDefects(random).paintOn(image, noise(width, height), mask, 7);
      byte[] own = Arrays.copyOfRange(mask, 7, mask.length);
      assertThat(Arrays.copyOf(mask, 7)).as("before the offset").containsOnly(0);
      for (int at = 0; at < own.length; at++) {
        float change = change(before, image.values(), at);
        if (own[at] == 1) {
          assertThat(change).isGreaterThan(VISIBLE);
        } else if (change > VISIBLE) {
          assertThat(markedWithin(own, width, height, at, 6)).as("changed at %d of %d × %d", at, width, height).isTrue();
        }
      }
      for (float value : image.values()) {
        assertThat(value).isBetween(0f, 1f);
      }
      assertThat(any).isEqualTo(IntStream.range(0, own.length).anyMatch(at -> own[at] == 1));
      painted += any ? 1 : 0;
    }
    assertThat(painted).isGreaterThan(150);
  }

  private static boolean markedWithin(byte[] mask, int width, int height, int at, int reach) {
    for (int y = Math.max(0, at / width - reach); y <= Math.min(height - 1, at / width + reach); y++) {
      for (int x = Math.max(0, at % width - reach); x <= Math.min(width - 1, at % width + reach); x++) {
        if (mask[y * width + x] == 1) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void anImageOfOneColourPastedWithItselfIsNotCalledAltered() {
    // Black stays black whatever its brightness; contrast turns about the mean.
    Planes black = Planes.filled(48, 48, new float[] {0, 0, 0});
    byte[] mask = new byte[48 * 48];
    assertThat(new NaturalDefects(random).paintOn(black, Planes.filled(48, 48, new float[] {0, 0, 0}), mask, 0)).isFalse();
    assertThat(mask).containsOnly(0);
  }

  @Test
  void aPatchWithAHardEdgeReplacesExactlyWhatItMarks() {
    for (boolean ellipse : new boolean[] {false, true}) {
      for (int draw = 0; draw < 100; draw++) {
        Planes image = Planes.filled(40, 30, new float[] {0.2f, 0.3f, 0.4f});
        boolean[] touched = new boolean[1200];
        new TurnedPatch(Planes.filled(12, 5, new float[] {0.9f, 0.8f, 0.7f}), ellipse, random.nextDouble(-1.6, 1.6), 0).pasteOnto(image, touched, random);
        int marked = 0;
        for (int at = 0; at < touched.length; at++) {
          assertThat(image.values()[at]).isEqualTo(touched[at] ? 0.9f : 0.2f);
          assertThat(image.values()[2400 + at]).isEqualTo(touched[at] ? 0.7f : 0.4f);
          marked += touched[at] ? 1 : 0;
        }
        // Area 60 of the rectangle, π/4 of it of the ellipse.
        assertThat((double) marked).isBetween(ellipse ? 36.0 : 48.0, ellipse ? 58.0 : 72.0);
      }
    }
  }

  @Test
  void anUnturnedPatchIsPastedPixelByPixelAndASoftEdgeFades() {
    Planes patch = noise(8, 6);
    Planes image = Planes.filled(8, 6, new float[] {0, 0, 0});
    new TurnedPatch(patch, false, 0, 0).pasteOnto(image, new boolean[48], random);
    assertThat(image.values()).isEqualTo(patch.values());
    Planes wide = Planes.filled(12, 10, new float[] {0, 0, 0});
    boolean[] touched = new boolean[120];
    new TurnedPatch(Planes.filled(8, 6, new float[] {1, 1, 1}), false, 0, 2).pasteOnto(wide, touched, random);
    // By hand: pixel centres lie ½ and 1½ outside and inside of the edge, over which the patch fades from −2 to 2: ⅛, ⅜ | ⅝, ⅞.
    assertThat(Arrays.copyOfRange(wide.values(), 5 * 12, 5 * 12 + 6)).containsExactly(0.125f, 0.375f, 0.625f, 0.875f, 1, 1);
    assertThat(touched[5 * 12 + 1]).isFalse();
    assertThat(touched[5 * 12 + 2]).isTrue();
  }

  @Test
  void aPatchThatFitsNowhereLeavesTheImageAlone() {
    Planes image = noise(16, 16);
    float[] before = image.values().clone();
    boolean[] touched = new boolean[256];
    new TurnedPatch(noise(15, 15), false, Math.PI / 4, 0).pasteOnto(image, touched, random);
    assertThat(image.values()).isEqualTo(before);
    assertThat(touched).containsOnly(false);
  }

  private record Batch(float[] values, int[] labels, byte[] masks) {
    static Batch of(byte[][] images, int width, int height, PretextOptions options, long seed) {
      Batch batch = new Batch(new float[images.length * 3 * width * height], new int[images.length], new byte[images.length * width * height]);
      new PretextSampler(PretextTask.NATURAL, width, height, options).fill(images, batch.values, batch.labels, batch.masks, new Random(seed));
      return batch;
    }
  }

  private static byte[][] bytes(int count, int width, int height) {
    byte[][] images = new byte[count][3 * width * height];
    Random noise = new Random(count);
    for (byte[] image : images) {
      noise.nextBytes(image);
    }
    return images;
  }

  @Test
  void aboutAFifthOfABatchStaysUntouchedAndLabelsSayWhich() {
    byte[][] images = bytes(400, 64, 64);
    Batch batch = Batch.of(images, 64, 64, STILL, 3);
    int untouched = 0;
    for (int i = 0; i < 400; i++) {
      byte[] mask = Arrays.copyOfRange(batch.masks, i * 4096, (i + 1) * 4096);
      int row = i;
      boolean same = IntStream.range(0, 3 * 4096).allMatch(at -> batch.values[row * 3 * 4096 + at] == (images[row][at] & 0xff) / 255f);
      assertThat(batch.labels[i]).isEqualTo(Arrays.equals(mask, new byte[4096]) ? 0 : 1);
      untouched += same ? 1 : 0;
    }
    // Binomial(400, 0.2): 80 ± 8.
    assertThat(untouched).isBetween(48, 112);
  }

  @Test
  void theSameSeedGivesTheSameBatchAndReusedArraysKeepNothing() {
    byte[][] images = bytes(6, 40, 24);
    PretextOptions options = PretextOptions.DEFAULTS.withMirrored(true);
    Batch first = Batch.of(images, 40, 24, options, 5);
    Batch second = Batch.of(images, 40, 24, options, 6);
    assertThat(second.values).isNotEqualTo(first.values);
    new PretextSampler(PretextTask.NATURAL, 40, 24, options).fill(images, second.values, second.labels, second.masks, new Random(5));
    assertThat(second.values).isEqualTo(first.values);
    assertThat(second.labels).isEqualTo(first.labels);
    assertThat(second.masks).isEqualTo(first.masks);
  }

  @Test
  void greyImagesStayGrey() {
    byte[][] images = bytes(20, 32, 24);
    for (byte[] image : images) {
      System.arraycopy(image, 0, image, 768, 768);
      System.arraycopy(image, 0, image, 2 * 768, 768);
    }
    float[] values = Batch.of(images, 32, 24, PretextOptions.DEFAULTS, 8).values;
    for (int row = 0; row < 20; row++) {
      assertThat(new Planes(values, row * 3 * 768, 32, 24).isGrey()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 20, 8", "24, 18, 4"})
  void mirroredImagesAreTheSamePixelsInEachOfTheirPlacings(int width, int height, int placings) {
    byte[][] images = bytes(1, width, height);
    Set<List<Float>> seen = new HashSet<>();
    float[] batch = new float[2 * 3 * width * height];
    PretextSampler sampler = new PretextSampler(PretextTask.CUTPASTE, width, height, STILL.withMirrored(true));
    float[] sorted = new float[width * height];
    for (int draw = 0; draw < 120; draw++) {
      sampler.fill(images, batch, new int[2], new byte[2 * width * height], random);
      seen.add(IntStream.range(0, 3 * width * height).mapToObj(i -> batch[i]).toList());
      for (int plane = 0; plane < 3; plane++) {
        float[] turned = Arrays.copyOfRange(batch, plane * width * height, (plane + 1) * width * height);
        for (int i = 0; i < sorted.length; i++) {
          sorted[i] = (images[0][plane * width * height + i] & 0xff) / 255f;
        }
        Arrays.sort(turned);
        Arrays.sort(sorted);
        assertThat(turned).isEqualTo(sorted);
      }
    }
    assertThat(seen).hasSize(placings);
  }

  @Test
  void aTurnKeepsNeighboursNeighbours() {
    // Columns and rows count up: in any of the eight placings one step is one of the two counts, up or down.
    byte[] image = new byte[3 * 16 * 16];
    for (int i = 0; i < 256; i++) {
      image[i] = (byte) (i % 16);
      image[256 + i] = (byte) (i / 16);
    }
    float[] batch = new float[2 * image.length];
    PretextSampler sampler = new PretextSampler(PretextTask.CUTPASTE, 16, 16, STILL.withMirrored(true));
    for (int draw = 0; draw < 40; draw++) {
      sampler.fill(new byte[][] {image}, batch, new int[2], new byte[512], random);
      float across = Math.abs(batch[1] - batch[0]) + Math.abs(batch[257] - batch[256]);
      float down = Math.abs(batch[16] - batch[0]) + Math.abs(batch[272] - batch[256]);
      assertThat(Math.round(255 * across)).isEqualTo(1);
      assertThat(Math.round(255 * down)).isEqualTo(1);
    }
  }
}
