package io.kerf.pretext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PretextSamplerTest {
  private static final int IMAGES = 5;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NATURAL")
  void waysOfAnImageDifferOnlyWhereSomethingWasPasted(PretextTask task) {
    for (int sizePx : new int[] {32, 45}) {
      Batch batch = Batch.of(task, sizePx, PretextOptions.DEFAULTS, 11);
      int plane = sizePx * sizePx;
      for (int way = 1; way < task.ways(); way++) {
        for (int image = 0; image < IMAGES; image++) {
          int row = way * IMAGES + image;
          float[] untouched = Arrays.copyOfRange(batch.values, image * 3 * plane, (image + 1) * 3 * plane);
          float[] altered = Arrays.copyOfRange(batch.values, row * 3 * plane, (row + 1) * 3 * plane);
          for (int i = 0; i < 3 * plane; i++) {
            altered[i] = batch.masks[row * plane + i % plane] == 0 ? altered[i] : untouched[i];
          }
          assertThat(altered).isEqualTo(untouched);
          assertThat(Arrays.copyOfRange(batch.masks, row * plane, (row + 1) * plane)).contains((byte) 1);
        }
      }
      assertThat(Arrays.copyOf(batch.masks, IMAGES * plane)).as("untouched").containsOnly(0);
    }
  }

  @Test
  void labelsNameTheWayAndWaysStandOneAfterTheOther() {
    assertThat(Batch.of(PretextTask.THREE_WAY, 32, PretextOptions.DEFAULTS, 1).labels)
        .containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2);
    assertThat(Batch.of(PretextTask.UNION, 32, PretextOptions.DEFAULTS, 1).labels).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
  }

  @Test
  void withoutVariationWayZeroIsTheImage() {
    Batch batch = Batch.of(PretextTask.CUTPASTE, 33, PretextOptions.of(0, 0.1, 0), 4);
    for (int i = 0; i < batch.images[0].length; i++) {
      assertThat(batch.values[i]).isEqualTo((batch.images[0][i] & 0xff) / 255f);
    }
  }

  @Test
  void translationMovesWholePixelsBothWaysAndRepeatsTheEdge() {
    int sizePx = 64;
    byte[] ramp = new byte[3 * sizePx * sizePx];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (i % sizePx * 2);
    }
    PretextSampler sampler = new PretextSampler(PretextTask.CUTPASTE, sizePx, sizePx, PretextOptions.of(0, 0, 1.0 / 16));
    Random random = new Random(5);
    float[] batch = new float[2 * ramp.length];
    byte[] masks = new byte[2 * sizePx * sizePx];
    boolean[] seen = new boolean[9];
    for (int draw = 0; draw < 200; draw++) {
      sampler.fill(new byte[][] {ramp}, batch, new int[2], masks, random);
      int shift = Math.round(batch[32] * 255 / 2) - 32;
      seen[shift + 4] = true;
      for (int x = 0; x < sizePx; x++) {
        assertThat(batch[x] * 255).isCloseTo(2 * Math.max(0, Math.min(63, x + shift)), within(1e-3f));
      }
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void sameSeedGivesTheSameBatch() {
    Batch first = Batch.of(PretextTask.THREE_WAY, 48, PretextOptions.DEFAULTS, 21);
    Batch second = Batch.of(PretextTask.THREE_WAY, 48, PretextOptions.DEFAULTS, 21);
    Batch other = Batch.of(PretextTask.THREE_WAY, 48, PretextOptions.DEFAULTS, 22);
    assertThat(first.values).isEqualTo(second.values).isNotEqualTo(other.values);
    assertThat(first.masks).isEqualTo(second.masks);
  }

  @Test
  void reusedArraysKeepNothingOfTheLastBatch() {
    PretextSampler sampler = new PretextSampler(PretextTask.THREE_WAY, 32, 32, PretextOptions.DEFAULTS);
    Batch fresh = Batch.of(PretextTask.THREE_WAY, 32, PretextOptions.DEFAULTS, 8);
    Batch reused = Batch.of(PretextTask.THREE_WAY, 32, PretextOptions.DEFAULTS, 9);
    sampler.fill(fresh.images, reused.values, reused.labels, reused.masks, new Random(8));
    assertThat(reused.values).isEqualTo(fresh.values);
    assertThat(reused.masks).isEqualTo(fresh.masks);
  }

  @Test
  void unionPastesBroadPatchesAndScarsAboutEquallyOften() {
    PretextSampler sampler = new PretextSampler(PretextTask.UNION, 64, 64, PretextOptions.DEFAULTS);
    byte[][] images = Batch.images(200, 64);
    byte[] masks = new byte[2 * 200 * 64 * 64];
    sampler.fill(images, new float[2 * 200 * 3 * 64 * 64], new int[400], masks, new Random(2));
    int broad = 0;
    for (int image = 0; image < 200; image++) {
      int pasted = 0;
      for (int i = 0; i < 64 * 64; i++) {
        pasted += masks[(200 + image) * 64 * 64 + i];
      }
      broad += pasted >= 0.019 * 64 * 64 ? 1 : 0;
    }
    assertThat(broad).isBetween(75, 125);
  }

  @Test
  void greyImagesStayGrey() {
    byte[][] images = Batch.images(IMAGES, 32);
    for (byte[] image : images) {
      System.arraycopy(image, 0, image, 1024, 1024);
      System.arraycopy(image, 0, image, 2048, 1024);
    }
    float[] batch = new float[3 * IMAGES * 3 * 1024];
    new PretextSampler(PretextTask.THREE_WAY, 32, 32, PretextOptions.DEFAULTS).fill(images, batch, new int[15], new byte[15 * 1024], new Random(6));
    for (int row = 0; row < 15; row++) {
      assertThat(new Planes(batch, row * 3 * 1024, 32, 32).isGrey()).isTrue();
    }
  }

  @Test
  void refusesArraysOfAnotherLengthAndTinyImages() {
    PretextSampler sampler = new PretextSampler(PretextTask.UNION, 32, 32, PretextOptions.DEFAULTS);
    byte[][] images = Batch.images(1, 32);
    Random random = new Random(1);
    assertThatThrownBy(() -> sampler.fill(images, new float[3072], new int[2], new byte[2048], random))
        .hasMessage("batch holds 3072 values and not 6144");
    assertThatThrownBy(() -> sampler.fill(images, new float[6144], new int[1], new byte[2048], random)).hasMessage("labels holds 1 values and not 2");
    assertThatThrownBy(() -> sampler.fill(images, new float[6144], new int[2], new byte[1024], random))
        .hasMessage("masks holds 1024 values and not 2048");
    assertThatThrownBy(() -> sampler.fill(new byte[][] {new byte[1024]}, new float[6144], new int[2], new byte[2048], random))
        .hasMessage("image holds 1024 values and not 3072");
    assertThatThrownBy(() -> new PretextSampler(PretextTask.UNION, 15, 15, PretextOptions.DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private record Batch(byte[][] images, float[] values, int[] labels, byte[] masks) {
    static Batch of(PretextTask task, int sizePx, PretextOptions options, long seed) {
      int rows = task.ways() * IMAGES;
      int plane = sizePx * sizePx;
      Batch batch = new Batch(images(IMAGES, sizePx), new float[rows * 3 * plane], new int[rows], new byte[rows * plane]);
      new PretextSampler(task, sizePx, sizePx, options).fill(batch.images, batch.values, batch.labels, batch.masks, new Random(seed));
      return batch;
    }

    static byte[][] images(int count, int sizePx) {
      byte[][] images = new byte[count][3 * sizePx * sizePx];
      Random random = new Random(count);
      for (byte[] image : images) {
        random.nextBytes(image);
      }
      return images;
    }
  }
}
