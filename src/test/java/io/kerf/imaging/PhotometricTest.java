package io.kerf.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhotometricTest {
  private static final Photometric PER_IMAGE = Photometric.perImage();

  @Test
  void anImageIsStandardisedByItsOwnMeanAndDeviation() {
    float[] planes = values();
    PER_IMAGE.standardise(planes);
    // numpy: (v - v.mean()) / v.std() at 0, 1, 300, 767 for v[i] = (37 i mod 101) / 100
    assertThat(new float[] {planes[0], planes[1], planes[300], planes[767]})
        .containsExactly(new float[] {-1.713854f, -0.446262f, 1.403737f, 1.677811f}, within(2e-5f));
  }

  @Test
  void aDarkerWeakerOrLiftedImageGivesTheSame() {
    float[] before = values();
    float[] after = values();
    for (int i = 0; i < after.length; i++) {
      after[i] = 0.6f * after[i] + 0.1f;
    }
    PER_IMAGE.standardise(before);
    PER_IMAGE.standardise(after);
    assertThat(after).containsExactly(before, within(1e-4f));
  }

  @Test
  void aPartOfAnotherColourStaysVisible() {
    float[] grey = new float[3 * 256];
    Arrays.fill(grey, 0.5f);
    grey[0] = 0.9f;
    float[] reddish = grey.clone();
    Arrays.fill(reddish, 1, 256, 0.7f);
    PER_IMAGE.standardise(grey);
    PER_IMAGE.standardise(reddish);
    assertThat(grey[100] - grey[400]).isZero();
    assertThat(reddish[100] - reddish[400]).isGreaterThan(1);
  }

  @Test
  void noiseOfAFlatImageIsNotBlownUp() {
    float[] flat = new float[3 * 256];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = 0.5f + (i % 2 == 0 ? 0.0005f : -0.0005f);
    }
    PER_IMAGE.standardise(flat);
    assertThat(flat[0]).isCloseTo(0.05f, within(1e-4f));
  }

  @Test
  void fixedConstantsApplyToEachChannel() {
    float[] planes = new float[3 * 4];
    Arrays.fill(planes, 0.5f);
    new Photometric.Fixed(List.of(0.5, 0.25, 0.0), List.of(1.0, 0.5, 0.25)).standardise(planes);
    assertThat(planes).containsExactly(0, 0, 0, 0, 0.5f, 0.5f, 0.5f, 0.5f, 2, 2, 2, 2);
  }

  @Test
  void constantsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new Photometric.Fixed(List.of(0.5), List.of(1.0))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Photometric.Fixed(List.of(0.0, 0.0, 0.0), List.of(1.0, 0.0, 1.0))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Photometric.PerImage(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] values() {
    float[] planes = new float[3 * 16 * 16];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = i * 37 % 101 / 100f;
    }
    return planes;
  }
}
