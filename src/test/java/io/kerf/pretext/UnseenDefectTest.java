package io.kerf.pretext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnseenDefectTest {
  private static float[] noise(int width, int height, long seed, boolean grey) {
    Random random = new Random(seed);
    float[] planes = new float[3 * width * height];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = grey && i >= width * height ? planes[i - width * height] : random.nextFloat();
    }
    return planes;
  }

  @ParameterizedTest
  @EnumSource
  void changesACopyAndLeavesTheImageItself(UnseenDefect defect) {
    for (int[] size : new int[][] {{64, 64}, {96, 40}, {40, 120}}) {
      for (int seed = 0; seed < 40; seed++) {
        float[] image = noise(size[0], size[1], seed, false);
        float[] before = image.clone();
        float[] painted = defect.paintOn(image, size[0], size[1], new Random(seed));
        assertThat(image).isEqualTo(before);
        assertThat(painted).isNotEqualTo(before);
        for (float value : painted) {
          assertThat(value).isBetween(0f, 1f);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedPaintsTheSame(UnseenDefect defect) {
    float[] image = noise(64, 48, 1, false);
    assertThat(defect.paintOn(image, 64, 48, new Random(2))).isEqualTo(defect.paintOn(image, 64, 48, new Random(2)))
        .isNotEqualTo(defect.paintOn(image, 64, 48, new Random(3)));
  }

  @ParameterizedTest
  @EnumSource
  void aGreyImageStaysGreyAndSmallImagesAreTakenToo(UnseenDefect defect) {
    for (int seed = 0; seed < 40; seed++) {
      float[] painted = defect.paintOn(noise(16, 24, seed, true), 16, 24, new Random(seed));
      assertThat(new Planes(painted, 0, 16, 24).isGrey()).isTrue();
    }
  }

  /** A bright part on dark ground: what is gone has the ground's colour, and the ground does not change. */
  @Test
  void whatIsMissingHasTheColourOfTheBorder() {
    float[] image = new float[3 * 64 * 64];
    Arrays.fill(image, 0.1f);
    for (int at = 0; at < image.length; at++) {
      int x = at % 64;
      int y = at / 64 % 64;
      image[at] = x >= 16 && x < 48 && y >= 16 && y < 48 ? 0.8f : 0.1f;
    }
    for (int seed = 0; seed < 30; seed++) {
      float[] painted = UnseenDefect.MISSING.paintOn(image, 64, 64, new Random(seed));
      int gone = 0;
      for (int at = 0; at < image.length; at++) {
        assertThat(painted[at] == image[at] || image[at] == 0.8f && painted[at] == 0.1f).isTrue();
        gone += painted[at] == image[at] ? 0 : 1;
      }
      assertThat(gone).isPositive();
    }
  }

  @Test
  void refusesPlanesOfAnotherShape() {
    assertThatIllegalArgumentException().isThrownBy(() -> UnseenDefect.SCAR.paintOn(new float[32 * 32], 32, 32, new Random(1)));
  }
}
