package io.kerf.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityLimitsTest {
  private static final int SIZE = 128;
  private static final QualityLimits LEARNT = QualityLimits.learn(normals(40));

  @Test
  void qualityIsWhatNumpyComputes() {
    float[] planes = new float[3 * 32 * 32];
    for (int i = 0; i < 1024; i++) {
      int x = i % 32;
      int y = i / 32;
      planes[i] = (x * 5 + y * 3) % 17 / 17f;
      planes[1024 + i] = x * y % 13 / 13f;
      planes[2048 + i] = (x + y) % 7 / 7f;
    }
    ImageQuality quality = ImageQuality.of(new Picture(32, 32, planes));
    // numpy: l = .299 r + .587 g + .114 b, halved by 2×2 means; l.mean(), l.std(), var(4-neighbour Laplacian) / var(l)
    assertThat(quality.brightness()).isCloseTo(0.4297217717517696, within(1e-6));
    assertThat(quality.contrast()).isCloseTo(0.11610131894476926, within(1e-6));
    assertThat(quality.sharpness()).isCloseTo(19.37890117125549, within(1e-3));
  }

  @Test
  void lightAloneDoesNotChangeSharpness() {
    Picture part = part(1);
    double sharpness = ImageQuality.of(part).sharpness();
    assertThat(ImageQuality.of(changed(part, v -> 0.4 * v)).sharpness()).isCloseTo(sharpness, within(0.01 * sharpness));
    assertThat(ImageQuality.of(changed(part, v -> 0.7 * v + 0.2)).sharpness()).isCloseTo(sharpness, within(0.01 * sharpness));
  }

  @Test
  void goodPartsPass() {
    for (int seed = 100; seed < 300; seed++) {
      assertThat(violation(part(seed))).isEmpty();
    }
  }

  @Test
  void oddPartsReachTheModel() {
    Picture part = part(7);
    float[] planes = part.planes().clone();
    for (int i = 0; i < planes.length; i++) {
      boolean stain = i % SIZE < SIZE / 2 && i / SIZE % SIZE < SIZE / 2;
      planes[i] = stain ? 0.05f : planes[i];
    }
    assertThat(violation(new Picture(SIZE, SIZE, planes))).isEmpty();
    assertThat(violation(changed(part, v -> 0.5 * v))).as("half the light").isEmpty();
    assertThat(violation(changed(part, v -> Math.min(1, 1.4 * v)))).as("more light").isEmpty();
  }

  @Test
  void whatShowsNothingIsFlagged() {
    Picture part = part(3);
    assertThat(code(changed(part, v -> 0))).isEqualTo("too-dark");
    assertThat(code(changed(part, v -> 1))).isEqualTo("too-bright");
    assertThat(code(changed(part, v -> 0.5))).isEqualTo("no-contrast");
    assertThat(code(noisy(changed(part, v -> 0.015), 0.004))).as("a lens cap").isEqualTo("too-dark");
    assertThat(code(noisy(changed(part, v -> 0.4), 0.004))).as("an empty wall").isEqualTo("no-contrast");
    assertThat(code(changed(part, v -> Math.min(1, 6 * v)))).as("overexposed").isEqualTo("too-bright");
  }

  @Test
  void strongDefocusIsFlaggedEvenUnderNoise() {
    for (int seed = 1; seed <= 10; seed++) {
      assertThat(code(blurred(part(seed), 6))).isEqualTo("too-blurred");
      assertThat(code(noisy(blurred(part(seed), 6), 0.004))).isEqualTo("too-blurred");
    }
  }

  @Test
  void aFewBadImagesAmongTheNormalsDoNoHarm() {
    List<ImageQuality> spoilt = new ArrayList<>(normals(40));
    spoilt.add(ImageQuality.of(changed(part(1), v -> 0)));
    spoilt.add(ImageQuality.of(changed(part(1), v -> 1)));
    spoilt.add(ImageQuality.of(blurred(part(1), 8)));
    QualityLimits limits = QualityLimits.learn(spoilt);
    assertThat(limits.violation(ImageQuality.of(changed(part(2), v -> 0)))).isPresent();
    assertThat(limits.violation(ImageQuality.of(changed(part(2), v -> 1)))).isPresent();
    assertThat(limits.violation(ImageQuality.of(blurred(part(2), 8)))).isPresent();
    assertThat(limits.violation(ImageQuality.of(part(2)))).isEmpty();
  }

  @Test
  void fewNormalsGiveWiderLimits() {
    QualityLimits few = QualityLimits.learn(normals(1));
    assertThat(few.minBrightness()).isLessThan(LEARNT.minBrightness());
    assertThat(few.maxBrightness()).isGreaterThan(LEARNT.maxBrightness());
    assertThat(few.minSharpness()).isLessThan(LEARNT.minSharpness());
    assertThat(few.violation(ImageQuality.of(changed(part(2), v -> 0)))).isPresent();
    assertThat(few.violation(ImageQuality.of(part(50)))).isEmpty();
  }

  @Test
  void withoutNormalsOnlyNothingAtAllIsFlagged() {
    QualityLimits limits = QualityLimits.learn(List.of());
    assertThat(limits).isEqualTo(QualityLimits.UNLEARNT);
    for (double level : new double[] {0, 0.5, 1}) {
      assertThat(limits.violation(ImageQuality.of(changed(part(1), v -> level)))).isPresent();
    }
    assertThat(limits.violation(ImageQuality.of(changed(part(1), v -> 0.06 * v)))).as("12 bits in 16").isEmpty();
  }

  @Test
  void blackAndWhiteAreFlaggedHoweverMuchTheNormalsVary() {
    List<ImageQuality> wild = IntStream.range(0, 30).mapToObj(i -> new ImageQuality(0.1 + 0.8 * i / 30, 0.2 * (1 + i % 5), 0.1)).toList();
    QualityLimits limits = QualityLimits.learn(wild);
    assertThat(limits.violation(new ImageQuality(0, 0, 0)).map(Violation::code)).contains("too-dark");
    assertThat(limits.violation(new ImageQuality(1, 0, 0)).map(Violation::code)).contains("too-bright");
    assertThat(wild).allMatch(quality -> limits.violation(quality).isEmpty());
  }

  @Test
  void theMessageTellsTheOperatorWhatToCheck() {
    assertThat(LEARNT.violation(new ImageQuality(0.01, 0.1, 0.1)).orElseThrow().message())
        .startsWith("The image is too dark to judge: mean brightness 1.0 %").endsWith("lens cap.");
  }

  @Test
  void limitsAndQualityAreTheSameAfterJson() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper().findAndRegisterModules();
    assertThat(json.readValue(json.writeValueAsString(LEARNT), QualityLimits.class)).isEqualTo(LEARNT);
    ImageQuality quality = ImageQuality.of(part(1));
    assertThat(json.readValue(json.writeValueAsString(quality), ImageQuality.class)).isEqualTo(quality);
    assertThatThrownBy(() -> new QualityLimits(0.5, 0.4, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<Violation> violation(Picture picture) {
    return LEARNT.violation(ImageQuality.of(picture));
  }

  private static String code(Picture picture) {
    return violation(picture).map(Violation::code).orElse("none");
  }

  private static List<ImageQuality> normals(int count) {
    return IntStream.range(0, count).mapToObj(seed -> ImageQuality.of(part(seed))).toList();
  }

  /** A round part with a grid of holes, a little elsewhere and a little brighter each time, with the noise of a camera. */
  private static Picture part(int seed) {
    Random random = new Random(seed);
    double light = 0.9 + 0.2 * random.nextDouble();
    double left = SIZE / 2.0 + random.nextInt(5) - 2;
    double top = SIZE / 2.0 + random.nextInt(5) - 2;
    float[] planes = new float[3 * SIZE * SIZE];
    for (int i = 0; i < SIZE * SIZE; i++) {
      double x = i % SIZE - left;
      double y = i / SIZE - top;
      boolean hole = Math.hypot(Math.floorMod((int) x, 16) - 8, Math.floorMod((int) y, 16) - 8) < 4;
      double value = light * (Math.hypot(x, y) > 0.42 * SIZE ? 0.15 : hole ? 0.3 : 0.6) + 0.004 * random.nextGaussian();
      for (int channel = 0; channel < 3; channel++) {
        planes[channel * SIZE * SIZE + i] = (float) Math.max(0, Math.min(1, value));
      }
    }
    return new Picture(SIZE, SIZE, planes);
  }

  private static Picture changed(Picture picture, DoubleUnaryOperator change) {
    float[] planes = picture.planes().clone();
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (float) change.applyAsDouble(planes[i]);
    }
    return new Picture(SIZE, SIZE, planes);
  }

  private static Picture noisy(Picture picture, double deviation) {
    Random random = new Random(9);
    return changed(picture, v -> Math.max(0, Math.min(1, v + deviation * random.nextGaussian())));
  }

  /** Defocus: the mean over a disc. */
  private static Picture blurred(Picture picture, int radius) {
    float[] in = picture.planes();
    float[] out = new float[in.length];
    int area = SIZE * SIZE;
    for (int i = 0; i < area; i++) {
      double sum = 0;
      int count = 0;
      for (int dy = -radius; dy <= radius; dy++) {
        for (int dx = -radius; dx <= radius; dx++) {
          if (dx * dx + dy * dy <= radius * radius) {
            int x = Math.max(0, Math.min(SIZE - 1, i % SIZE + dx));
            int y = Math.max(0, Math.min(SIZE - 1, i / SIZE + dy));
            sum += in[y * SIZE + x];
            count++;
          }
        }
      }
      for (int channel = 0; channel < 3; channel++) {
        out[channel * area + i] = (float) (sum / count);
      }
    }
    return new Picture(SIZE, SIZE, out);
  }
}
