package io.kerf.pretext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlterationTest {
  private static final int DRAWS = 4000;
  private static final PretextOptions STILL = PretextOptions.of(0, 0, 0);

  private final Random random = new Random(7);

  @Test
  void cutPasteTakesTheAreaAndAspectOfThePaper() {
    int sizePx = 256;
    Planes image = noise(sizePx);
    double areaSum = 0;
    int wide = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      Planes patch = Alteration.CUTPASTE.draw(image, STILL, random).patch();
      double area = patch.area() / (double) (sizePx * sizePx);
      double aspect = patch.widthPx() / (double) patch.heightPx();
      assertThat(area).isBetween(0.02 * 0.97, 0.15 * 1.03);
      assertThat(aspect).isBetween(0.3 * 0.97, 3.3 * 1.03);
      areaSum += area;
      wide += aspect > 1 ? 1 : 0;
    }
    assertThat(areaSum / DRAWS).isCloseTo((0.02 + 0.15) / 2, within(0.003));
    assertThat(wide / (double) DRAWS).isCloseTo(0.5, within(0.03));
  }

  @Test
  void aspectIsEvenWithinEachOfItsTwoIntervals() {
    int[] tall = new int[2];
    int[] wide = new int[2];
    for (int draw = 0; draw < DRAWS; draw++) {
      PatchSize size = PatchSize.broad(2048, 2048, random);
      double aspect = size.widthPx() / (double) size.heightPx();
      if (aspect < 1) {
        tall[aspect < 0.65 ? 0 : 1]++;
      } else {
        wide[aspect < 2.15 ? 0 : 1]++;
      }
    }
    assertThat(tall[0] / (double) (tall[0] + tall[1])).isCloseTo(0.5, within(0.04));
    assertThat(wide[0] / (double) (wide[0] + wide[1])).isCloseTo(0.5, within(0.04));
  }

  @Test
  void scarSizesScaleWithTheInput() {
    assertScarSizes(256, 2, 16, 10, 25);
    assertScarSizes(512, 4, 32, 20, 50);
    assertScarSizes(128, 2, 8, 5, 12);
    assertScarSizes(32, 2, 2, 3, 3);
  }

  private void assertScarSizes(int sizePx, int leastWidth, int mostWidth, int leastLength, int mostLength) {
    int narrowest = Integer.MAX_VALUE;
    int widest = 0;
    int shortest = Integer.MAX_VALUE;
    int longest = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      PatchSize size = PatchSize.narrow(sizePx, random);
      narrowest = Math.min(narrowest, size.widthPx());
      widest = Math.max(widest, size.widthPx());
      shortest = Math.min(shortest, size.heightPx());
      longest = Math.max(longest, size.heightPx());
    }
    assertThat(new int[] {narrowest, widest, shortest, longest}).containsExactly(leastWidth, mostWidth, leastLength, mostLength);
  }

  /** Length, width and direction are those of the rectangle with the second moments of the mask. */
  @ParameterizedTest
  @EnumSource(names = {"SCAR", "CUTPASTE_SCAR"})
  void scarsAreTurnedByUpTo45Degrees(Alteration alteration) {
    int sizePx = 512;
    Planes image = noise(sizePx);
    int leaningLeft = 0;
    int steep = 0;
    int elongated = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      Moments moments = Moments.of(alteration.draw(image, STILL, random));
      assertThat(moments.longSidePx / 2).isBetween(9.5, 25.5);
      assertThat(moments.shortSidePx / 2).isBetween(1.5, 16.5);
      if (moments.longSidePx > 2 * moments.shortSidePx) {
        elongated++;
        assertThat(moments.degreesFromVertical).isBetween(-46.0, 46.0);
        leaningLeft += moments.degreesFromVertical < 0 ? 1 : 0;
        steep += Math.abs(moments.degreesFromVertical) < 22.5 ? 1 : 0;
      }
    }
    assertThat(leaningLeft / (double) elongated).isCloseTo(0.5, within(0.04));
    assertThat(steep / (double) elongated).isCloseTo(0.5, within(0.04));
  }

  @ParameterizedTest
  @EnumSource
  void liesInsideTheImageAndChangesNothingOutsideItsMask(Alteration alteration) {
    for (int sizePx : new int[] {16, 32, 33, 97}) {
      Planes image = noise(sizePx);
      float[] before = image.values().clone();
      for (int draw = 0; draw < 300; draw++) {
        Alteration.Altered altered = alteration.alter(image.values(), sizePx, sizePx, PretextOptions.DEFAULTS, random);
        float[] restored = altered.planes().clone();
        int masked = 0;
        for (int i = 0; i < restored.length; i++) {
          if (altered.mask()[i % altered.mask().length] == 1) {
            restored[i] = before[i];
            masked++;
          }
        }
        masked /= 3;
        assertThat(restored).isEqualTo(before);
        assertThat(masked).isBetween(3, (int) (0.25 * sizePx * sizePx));
      }
      assertThat(image.values()).as("the image itself").isEqualTo(before);
    }
  }

  @Test
  void reachesEveryEdgeOfTheImage() {
    int sizePx = 64;
    boolean[] touched = new boolean[4];
    Planes image = noise(sizePx);
    for (int draw = 0; draw < DRAWS; draw++) {
      Stamp stamp = Alteration.CUTPASTE.draw(image, STILL, random);
      touched[0] |= stamp.xPx() == 0;
      touched[1] |= stamp.yPx() == 0;
      touched[2] |= stamp.xPx() + stamp.patch().widthPx() == sizePx;
      touched[3] |= stamp.yPx() + stamp.patch().heightPx() == sizePx;
    }
    assertThat(touched).containsOnly(true);
  }

  @Test
  void cutPastePastesWhatIsElsewhereInTheImage() {
    int sizePx = 48;
    Planes image = Planes.allocate(sizePx, sizePx);
    for (int i = 0; i < sizePx * sizePx; i++) {
      image.values()[i] = i % sizePx / 64f;
      image.values()[image.plane(1) + i] = i / sizePx / 64f;
    }
    Planes patch = Alteration.CUTPASTE.draw(image, STILL, random).patch();
    float left = patch.values()[0];
    float top = patch.values()[patch.area()];
    for (int y = 0; y < patch.heightPx(); y++) {
      for (int x = 0; x < patch.widthPx(); x++) {
        assertThat(patch.values()[y * patch.widthPx() + x]).isEqualTo(left + x / 64f);
        assertThat(patch.values()[patch.area() + y * patch.widthPx() + x]).isEqualTo(top + y / 64f);
      }
    }
  }

  @Test
  void patchJitterChangesThePatchBeforeItIsPasted() {
    int sizePx = 64;
    Planes image = Planes.filled(sizePx, sizePx, new float[] {0.5f, 0.4f, 0.3f});
    Alteration.Altered still = Alteration.CUTPASTE.alter(image.values(), sizePx, sizePx, STILL, random);
    Alteration.Altered jittered = Alteration.CUTPASTE.alter(image.values(), sizePx, sizePx, PretextOptions.of(0, 0.1, 0), random);
    assertThat(still.planes()).isEqualTo(image.values());
    for (int i = 0; i < sizePx * sizePx; i++) {
      assertThat(jittered.planes()[i] != 0.5f).isEqualTo(jittered.mask()[i] == 1);
    }
  }

  @Test
  void cutoutIsPlainGreyOrTheMeanColour() {
    int sizePx = 32;
    Planes image = noise(sizePx);
    float mean = image.mean()[0];
    int grey = 0;
    for (int draw = 0; draw < 400; draw++) {
      float[] colours = Alteration.CUTOUT.draw(image, STILL, random).patch().values();
      assertThat(colours[0]).isIn(0.5f, mean);
      grey += colours[0] == 0.5f ? 1 : 0;
    }
    assertThat(grey).isBetween(150, 250);
  }

  @ParameterizedTest
  @EnumSource
  void keepsAGreyImageGrey(Alteration alteration) {
    Planes grey = noise(40);
    System.arraycopy(grey.values(), 0, grey.values(), grey.plane(1), grey.area());
    System.arraycopy(grey.values(), 0, grey.values(), grey.plane(2), grey.area());
    for (int draw = 0; draw < 100; draw++) {
      float[] altered = alteration.alter(grey.values(), 40, 40, PretextOptions.DEFAULTS, random).planes();
      assertThat(new Planes(altered, 0, 40, 40).isGrey()).isTrue();
    }
  }

  @Test
  void refusesPlanesOfAnotherShape() {
    assertThatThrownBy(() -> Alteration.CUTPASTE.alter(new float[32 * 32], 32, 32, STILL, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("planes holds 1024 values and not 3072");
  }

  private Planes noise(int sizePx) {
    Planes image = Planes.allocate(sizePx, sizePx);
    for (int i = 0; i < image.values().length; i++) {
      image.values()[i] = random.nextFloat();
    }
    return image;
  }

  private record Moments(double longSidePx, double shortSidePx, double degreesFromVertical) {
    static Moments of(Stamp stamp) {
      double n = 0;
      double sx = 0;
      double sy = 0;
      double sxx = 0;
      double syy = 0;
      double sxy = 0;
      for (int i = 0; i < stamp.coverage().length; i++) {
        double c = stamp.coverage()[i];
        double x = i % stamp.patch().widthPx();
        double y = i / stamp.patch().widthPx();
        n += c;
        sx += c * x;
        sy += c * y;
        sxx += c * x * x;
        syy += c * y * y;
        sxy += c * x * y;
      }
      double xx = sxx / n - sx * sx / n / n;
      double yy = syy / n - sy * sy / n / n;
      double xy = sxy / n - sx * sy / n / n;
      double spread = Math.hypot((yy - xx) / 2, xy);
      return new Moments(Math.sqrt(12 * ((xx + yy) / 2 + spread)), Math.sqrt(12 * ((xx + yy) / 2 - spread)),
          Math.toDegrees(0.5 * Math.atan2(2 * xy, yy - xx)));
    }
  }
}
