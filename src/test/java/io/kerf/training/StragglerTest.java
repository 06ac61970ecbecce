package io.kerf.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StragglerTest {
  /** The median of 1…9 and the one beyond is 6, the next 9: 2 · 3 beyond 9 is 15. */
  @Test
  void oneIsFarWhereItIsTwiceAsFarFromTheNextAsThatFromTheMedian() {
    assertThat(Straggler.of(new double[] {9, 15.1, 1, 2, 3, 4, 5, 6, 7, 8})).hasValue(new Straggler(1, 15.1, 9));
    assertThat(Straggler.of(new double[] {9, 15, 1, 2, 3, 4, 5, 6, 7, 8})).isEmpty();
  }

  @Test
  void fewPartsSayNothingAndTwoAreNoStragglers() {
    assertThat(Straggler.of(new double[] {1, 2, 3, 4, 5, 6, 100})).isEmpty();
    assertThat(Straggler.of(new double[] {1, 2, 3, 4, 5, 6, 100, 101})).isEmpty();
  }

  /** numpy, 100,000 sets of 15 exponential numbers: 0.083. */
  @Test
  void chanceSeldomMakesOne() {
    SplittableRandom random = new SplittableRandom(7);
    long found = IntStream.range(0, 2000)
        .filter(i -> Straggler.of(IntStream.range(0, 15).mapToDouble(j -> -Math.log(1 - random.nextDouble())).toArray()).isPresent()).count();
    assertThat(found / 2000.0).isBetween(0.065, 0.1);
  }

  @Test
  void theSentenceNamesTheFile() {
    assertThat(new Straggler(0, 10.64, 3.8).sentence(Path.of("normal-31.jpg"))).startsWith("normal-31.jpg stands far from all other held-out parts (10.6, the next 3.8).");
  }
}
