package io.kerf.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessingTest {
  private static final float EXACT = 1e-5f;

  @Test
  void shrinkingAveragesTheAreaCovered() {
    // numpy: W(4,3) @ src @ W(5,3).T with W the matrix of overlaps over step, src[y,x] = ((7x + 3y²) mod 11) / 10
    float[] source = new float[20];
    for (int i = 0; i < 20; i++) {
      source[i] = (7 * (i % 5) + 3 * (i / 5) * (i / 5)) % 11 / 10f;
    }
    float[] target = new float[9];
    Resampling.plane(Resampling.of(0, 5, 5, 3), Resampling.of(0, 4, 4, 3), source, 0, 5, target, 0, 3);
    assertThat(target).containsExactly(new float[] {0.355f, 0.54f, 0.725f, 0.48f, 0.5f, 0.52f, 0.35f, 0.535f, 0.225f}, within(EXACT));
  }

  @Test
  void enlargingIsLinearBetweenPixelCentres() {
    float[] target = new float[4];
    Resampling.plane(Resampling.of(0, 2, 2, 4), Resampling.of(0, 1, 1, 1), new float[] {0, 1}, 0, 2, target, 0, 4);
    assertThat(target).containsExactly(new float[] {0, 0.25f, 0.75f, 1}, within(EXACT));
  }

  @Test
  void aPictureOfTheRightSizeIsCopied() {
    Picture picture = ramp(32, 32);
    Picture framed = Preprocessing.ofSize(32).frame(picture);
    assertThat(framed.planes()).isEqualTo(picture.planes()).isNotSameAs(picture.planes());
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void everyFitKeepsTheMeanOfAnEvenPicture(Fit fit) {
    float[] even = new float[3 * 70 * 40];
    Arrays.fill(even, 0.375f);
    Picture framed = preprocessing(32, fit, null).frame(new Picture(70, 40, even));
    assertThat(framed.width()).isEqualTo(32);
    assertThat(framed.height()).isEqualTo(32);
    for (float value : framed.planes()) {
      assertThat(value).isCloseTo(0.375f, within(EXACT));
    }
  }

  @Test
  void letterboxPadsWithTheMeanColour() {
    Picture framed = preprocessing(32, Fit.LETTERBOX, null).frame(ramp(64, 32));
    assertThat(framed.planes()[0]).as("padding above").isCloseTo(0.5f, within(EXACT));
    assertThat(framed.planes()[8 * 32]).as("left edge of what is shown").isCloseTo(1 / 64f, within(EXACT));
    assertThat(framed.planes()[8 * 32 + 31]).as("right edge of what is shown").isCloseTo(63 / 64f, within(EXACT));
    assertThat(framed.planes()[24 * 32]).as("padding below").isCloseTo(0.5f, within(EXACT));
  }

  @Test
  void centreCropTakesTheMiddle() {
    Picture framed = preprocessing(32, Fit.CENTRE_CROP, null).frame(ramp(64, 32));
    assertThat(framed.planes()[0]).isCloseTo(16.5f / 64, within(EXACT));
    assertThat(framed.planes()[31]).isCloseTo(47.5f / 64, within(EXACT));
  }

  @Test
  void aRegionIsTheSamePartAtAnyResolution() {
    Preprocessing preprocessing = preprocessing(16, Fit.SQUASH, new Region(0.25, 0.5, 0.5, 0.25));
    for (int scale = 1; scale <= 4; scale *= 2) {
      Picture framed = preprocessing.frame(ramp(64 * scale, 32 * scale));
      assertThat(framed.planes()[0]).isCloseTo(0.25f + 0.5f / 32, within(EXACT));
      assertThat(framed.planes()[15]).isCloseTo(0.75f - 0.5f / 32, within(EXACT));
    }
  }

  @Test
  void theDecoderIsAskedForEnoughPixelsForTheRegion() {
    assertThat(Preprocessing.ofSize(256).neededShortSidePx()).isEqualTo(256);
    assertThat(preprocessing(256, Fit.SQUASH, new Region(0, 0, 0.5, 0.25)).neededShortSidePx()).isEqualTo(1024);
    assertThat(preprocessing(256, Fit.SQUASH, new Region(0, 0, 1e-9, 1)).neededShortSidePx()).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void aMapComesBackToWhereTheImageWas(Fit fit) {
    Preprocessing preprocessing = preprocessing(64, fit, new Region(0.1, 0.2, 0.8, 0.6));
    Picture image = ramp(200, 120);
    float[] framed = Arrays.copyOf(preprocessing.frame(image).planes(), 64 * 64);
    float[] back = preprocessing.unframe(framed, 200, 120);
    int judged = 0;
    for (int y = 26; y < 94; y++) {
      for (int x = 22; x < 178; x++) {
        float value = back[y * 200 + x];
        if (value != 0) {
          judged++;
          // A pixel of the frame is up to 2.5 of the image's, and the outermost repeats.
          assertThat(value).isCloseTo(image.planes()[y * 200 + x], within(1.3f / 200));
        }
      }
    }
    assertThat(judged).isEqualTo(fit == Fit.CENTRE_CROP ? 72 * 68 : 156 * 68);
    assertThat(back[0]).isZero();
    assertThat(back[60 * 200 + 19]).as("beside the region").isZero();
    assertThat(back[119 * 200 + 100]).as("below the region").isZero();
  }

  @Test
  void unframingInterpolatesBetweenThePixelsOfTheMap() {
    float[] map = new float[16 * 16];
    map[0] = 1;
    float[] back = Preprocessing.ofSize(16).unframe(map, 32, 32);
    // Centres of image pixels 0, 1, 2 lie at -0.25, 0.25, 0.75 of the map: 1, 0.75, 0.25 along each axis.
    assertThat(back[0]).isCloseTo(1, within(EXACT));
    assertThat(back[1]).isCloseTo(0.75f, within(EXACT));
    assertThat(back[33]).isCloseTo(0.5625f, within(EXACT));
    assertThat(back[2]).isCloseTo(0.25f, within(EXACT));
    assertThat(back[3]).isZero();
  }

  @Test
  void everyPreprocessingIsTheSameAfterJson() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper().findAndRegisterModules();
    for (Preprocessing preprocessing : List.of(Preprocessing.ofSize(256),
        Preprocessing.square(128, Fit.LETTERBOX, Optional.of(new Region(0.1, 0, 0.9, 1)),
            new Photometric.Fixed(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225))))) {
      assertThat(json.readValue(json.writeValueAsString(preprocessing), Preprocessing.class)).isEqualTo(preprocessing);
    }
    assertThat(json.writeValueAsString(Preprocessing.ofSize(256)))
        .isEqualTo("{\"widthPx\":256,\"heightPx\":256,\"fit\":\"SQUASH\",\"region\":null,\"photometric\":{\"kind\":\"per-image\",\"leastDeviation\":0.01}}");
  }

  /**
   * By hand: 256² pixels in the proportions of what is judged, each side to the nearest multiple of 8; no more than there are but for
   * that rounding, and no side beyond 2048 or under 16.
   */
  @ParameterizedTest
  @CsvSource({"256, 1000, 1000, 256, 256", "256, 1600, 400, 512, 128", "256, 400, 1600, 128, 512", "256, 1920, 1080, 344, 192", "256, 100, 100, 104, 104",
      "256, 200, 100, 200, 104", "256, 6000, 4, 2048, 16", "128, 1920, 1080, 168, 96"})
  void aFrameInTheProportionsOfImagesHasAsManyPixels(int size, int imageWidth, int imageHeight, int width, int height) {
    Preprocessing proportioned = Preprocessing.ofSize(size).proportionedTo(imageWidth, imageHeight);
    assertThat(List.of(proportioned.widthPx(), proportioned.heightPx())).containsExactly(width, height);
    assertThat(proportioned.fit()).isEqualTo(Fit.SQUASH);
  }

  @Test
  void aFrameHasTheProportionsOfTheRegionThatIsJudged() {
    Preprocessing proportioned = preprocessing(256, Fit.SQUASH, new Region(0, 0.5, 0.5, 0.125)).proportionedTo(4000, 4000);
    assertThat(List.of(proportioned.widthPx(), proportioned.heightPx(), proportioned.sizePx())).containsExactly(512, 128, 256);
    assertThat(proportioned.region()).isPresent();
  }

  /** By hand: of a frame of 512 × 128 whose region is half as wide and an eighth as high, 1024 × 1024 pixels are needed. */
  @Test
  void aRectangleNeedsThePixelsOfItsShortSideOnly() {
    assertThat(rectangle(344, 192, Fit.SQUASH, null).neededShortSidePx()).isEqualTo(192);
    assertThat(rectangle(192, 344, Fit.SQUASH, null).neededShortSidePx()).isEqualTo(192);
    assertThat(rectangle(512, 128, Fit.SQUASH, new Region(0, 0.5, 0.5, 0.125)).neededShortSidePx()).isEqualTo(1024);
  }

  /** By hand: 100 × 50 pixels in 64 × 48: letterboxed by 0.64 to 64 × 32 in rows 8 to 39; cropped to 66⅔ × 50, from column 16⅔ on. */
  @Test
  void aRectangleIsFramedInItsOwnProportions() {
    assertThat(Framing.of(rectangle(64, 48, Fit.SQUASH, null), 100, 50)).isEqualTo(new Framing(0, 0, 100, 50, 0, 0, 64, 48));
    assertThat(Framing.of(rectangle(64, 48, Fit.LETTERBOX, null), 100, 50)).isEqualTo(new Framing(0, 0, 100, 50, 0, 8, 64, 32));
    Framing cropped = Framing.of(rectangle(64, 48, Fit.CENTRE_CROP, null), 100, 50);
    assertThat(cropped.sourceX()).isCloseTo(50 / 3.0, within(1e-9));
    assertThat(cropped.sourceWidth()).isCloseTo(200 / 3.0, within(1e-9));
    assertThat(List.of(cropped.sourceY(), cropped.sourceHeight())).containsExactly(0.0, 50.0);
    assertThat(List.of(cropped.x(), cropped.y(), cropped.width(), cropped.height())).containsExactly(0, 0, 64, 48);
    assertThat(Framing.of(rectangle(48, 64, Fit.LETTERBOX, new Region(0.5, 0, 0.5, 1)), 200, 100)).isEqualTo(new Framing(100, 0, 100, 100, 0, 8, 48, 48));
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void aRectangularFrameHasItsExtentAndItsMapComesBack(Fit fit) {
    Preprocessing preprocessing = rectangle(96, 48, fit, null);
    Picture framed = preprocessing.frame(ramp(200, 120));
    assertThat(List.of(framed.width(), framed.height())).containsExactly(96, 48);
    float[] back = preprocessing.unframe(Arrays.copyOf(framed.planes(), 96 * 48), 200, 120);
    for (int x = 6; x < 194; x++) {
      // Letterboxed, a pixel of the frame is 2.5 of the image's.
      assertThat(back[60 * 200 + x]).isCloseTo((x + 0.5f) / 200, within(1.3f / 200));
    }
    assertThat(back[0] == 0).as("beside the crop").isEqualTo(fit == Fit.CENTRE_CROP);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Region(0.5, 0, 0.6, 1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0.6");
    assertThatThrownBy(() -> new Region(0, 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Region(Double.NaN, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Preprocessing.ofSize(8)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not 8");
    assertThatThrownBy(() -> Preprocessing.ofSize(16).standardise(new float[4])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Preprocessing.ofSize(16).unframe(new float[4], 9, 9)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Preprocessing rectangle(int width, int height, Fit fit, Region region) {
    return new Preprocessing(width, height, fit, Optional.ofNullable(region), Photometric.perImage());
  }

  private static Preprocessing preprocessing(int size, Fit fit, Region region) {
    return Preprocessing.square(size, fit, Optional.ofNullable(region), Photometric.perImage());
  }

  /** Every plane rises from left to right: the value at a pixel's centre is its share of the width. */
  private static Picture ramp(int width, int height) {
    float[] planes = new float[3 * width * height];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (i % width + 0.5f) / width;
    }
    return new Picture(width, height, planes);
  }
}
