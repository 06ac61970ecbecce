package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.density.HeldOutSplit.Earlier;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldOutSplitTest {
  @ParameterizedTest
  @CsvSource({"200, 0.05, 50", "40, 0.05, 19", "30, 0.05, 15", "209, 0.01, 99", "5, 0.05, 2", "2, 0.05, 1", "1, 0.05, 0", "1000, 0.001, 500"})
  void holdsOutAQuarterOrWhatTheBudgetNeedsAndHalfAtMost(int n, double budget, int expected) {
    assertThat(HeldOutSplit.heldOutCount(n, budget)).isEqualTo(expected);
  }

  @Test
  void everyPartIsOnExactlyOneSide() {
    HeldOutSplit split = HeldOutSplit.of(scenes(new Random(1), 80, 1), List.of(), 20, 1);
    assertThat(split.heldOut()).hasSize(20).isSorted();
    assertThat(split.fit()).hasSize(60).isSorted();
    int[] all = IntStream.concat(Arrays.stream(split.fit()), Arrays.stream(split.heldOut())).sorted().toArray();
    assertThat(all).containsExactly(IntStream.range(0, 80).toArray());
  }

  @Test
  void nearDuplicatesStayTogether() {
    for (long seed = 0; seed < 20; seed++) {
      HeldOutSplit split = HeldOutSplit.of(scenes(new Random(seed), 120, 4), List.of(), 30, seed);
      assertThat(split.heldOut().length).isBetween(27, 30);
      assertThat(scenesOf(split.heldOut(), 4)).doesNotContainAnyElementsOf(scenesOf(split.fit(), 4));
    }
  }

  @Test
  void heldOutPartsThatBelongTogetherHaveOneNumberAndOthersAnother() {
    for (long seed = 0; seed < 10; seed++) {
      HeldOutSplit split = HeldOutSplit.of(scenes(new Random(seed), 120, 4), List.of(), 30, seed);
      int[] clusters = split.clusters();
      assertThat(clusters).hasSameSizeAs(split.heldOut());
      for (int i = 0; i < clusters.length; i++) {
        for (int j = 0; j < i; j++) {
          assertThat(clusters[i] == clusters[j]).isEqualTo(split.heldOut()[i] / 4 == split.heldOut()[j] / 4);
        }
      }
      int count = (int) Arrays.stream(clusters).distinct().count();
      assertThat(Arrays.stream(clusters).distinct().sorted().toArray()).as("without gaps").containsExactly(IntStream.range(0, count).toArray());
    }
  }

  @Test
  void namedGroupsStayTogetherAndAreNotLinkedByLooks() {
    List<float[]> signatures = scenes(new Random(2), 60, 4);
    // Five groups of twelve that cut across the looks.
    List<String> groups = IntStream.range(0, 60).mapToObj(i -> "panel " + i % 5).toList();
    HeldOutSplit split = HeldOutSplit.of(signatures, groups, 24, 3);
    assertThat(split.heldOut()).hasSize(24);
    List<String> held = Arrays.stream(split.heldOut()).mapToObj(groups::get).toList();
    assertThat(Arrays.stream(split.fit()).mapToObj(groups::get)).doesNotContainAnyElementsOf(held);
  }

  @Test
  void aGroupLargerThanWishedIsHeldOutRatherThanNothing() {
    List<String> groups = IntStream.range(0, 40).mapToObj(i -> i < 22 ? "a" : "b").toList();
    HeldOutSplit split = HeldOutSplit.of(scenes(new Random(2), 40, 1), groups, 10, 3);
    assertThat(split.heldOut()).containsExactly(IntStream.range(22, 40).toArray());
  }

  @Test
  void gradualDriftDoesNotTieEverythingTogether() {
    // Each picture is close to the one before and the ends are far apart.
    List<float[]> drift = new ArrayList<>();
    float[] at = noise(new Random(1), 256, 1);
    Random random = new Random(9);
    for (int i = 0; i < 200; i++) {
      drift.add(at.clone());
      float step = i % 10 == 9 ? 0.12f : 0.03f;
      for (int c = 0; c < at.length; c++) {
        at[c] += step * (float) random.nextGaussian();
      }
    }
    Map<Integer, Integer> sizes = new HashMap<>();
    Arrays.stream(NearDuplicates.clusters(drift, 1)).forEach(cluster -> sizes.merge(cluster, 1, Integer::sum));
    assertThat(Collections.max(sizes.values())).isBetween(2, 50);
  }

  @Test
  void clustersAreThoseOfComparingEveryPair() {
    List<float[]> signatures = scenes(new Random(6), 300, 3);
    Collections.shuffle(signatures, new Random(8));
    double median = medianDistance(signatures);
    int[] clusters = NearDuplicates.clusters(signatures, 5);
    for (int i = 0; i < signatures.size(); i++) {
      for (int j = 0; j < i; j++) {
        double relative = distance(signatures.get(i), signatures.get(j)) / median;
        // These scenes are either within a tenth or beyond half of the median.
        assertThat(clusters[i] == clusters[j]).isEqualTo(relative < NearDuplicates.FRACTION);
      }
    }
  }

  @Test
  void theSeedDecides() {
    List<float[]> signatures = scenes(new Random(1), 80, 2);
    int[] first = HeldOutSplit.of(signatures, List.of(), 20, 1).heldOut();
    assertThat(HeldOutSplit.of(signatures, List.of(), 20, 1).heldOut()).containsExactly(first);
    assertThat(HeldOutSplit.of(signatures, List.of(), 20, 2).heldOut()).isNotEqualTo(first);
  }

  @Test
  void whatWasSplitBeforeStaysOnItsSideWhateverLiesBetween() {
    List<float[]> before = scenes(new Random(3), 60, 1);
    HeldOutSplit first = HeldOutSplit.of(before, List.of(), 15, 1);
    List<float[]> all = new ArrayList<>(before);
    List<Earlier> earlier = new ArrayList<>(Collections.nCopies(60, Earlier.LEARNT));
    Arrays.stream(first.heldOut()).forEach(part -> earlier.set(part, Earlier.HELD_OUT));
    // A chain of pictures from each held-out part to a learnt one, in steps that link: near-duplicates of both ends.
    for (int i = 0; i < 5; i++) {
      float[] from = before.get(first.heldOut()[i]);
      float[] to = before.get(first.fit()[i]);
      for (int step = 1; step < 10; step++) {
        all.add(between(from, to, step / 10f));
        earlier.add(Earlier.NEW);
      }
    }
    HeldOutSplit next = HeldOutSplit.of(all, List.of(), earlier, 26, 2);
    assertThat(next.heldOut()).contains(first.heldOut());
    assertThat(next.fit()).contains(first.fit());
    for (int i = 0; i < 5; i++) {
      assertThat(next.heldOut()).as("like the part held out").contains(60 + 9 * i).doesNotContain(60 + 9 * i + 8);
    }
  }

  @Test
  void ofWhatIsNewAQuarterIsHeldOut() {
    List<float[]> signatures = scenes(new Random(4), 100, 1);
    List<Earlier> earlier = IntStream.range(0, 100).mapToObj(i -> i < 40 ? Earlier.LEARNT : i < 60 ? Earlier.HELD_OUT : Earlier.NEW).toList();
    HeldOutSplit next = HeldOutSplit.of(signatures, List.of(), earlier, 25, 1);
    assertThat(next.heldOut()).hasSize(30).contains(IntStream.range(40, 60).toArray());
  }

  @Test
  void refusesWhereEverythingWasOnOneSide() {
    List<float[]> signatures = scenes(new Random(5), 10, 1);
    for (Earlier side : List.of(Earlier.LEARNT, Earlier.HELD_OUT)) {
      assertThatThrownBy(() -> HeldOutSplit.of(signatures, List.of(), Collections.nCopies(10, side), 3, 1))
          .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TOO_FEW_NORMALS));
    }
  }

  private static float[] between(float[] from, float[] to, float share) {
    float[] mix = new float[from.length];
    for (int c = 0; c < mix.length; c++) {
      mix[c] = (1 - share) * from[c] + share * to[c];
    }
    return mix;
  }

  @Test
  void refusesWhatCannotBeSplit() {
    List<float[]> scenes = scenes(new Random(1), 10, 1);
    assertTooFew(List.of(), List.of());
    assertTooFew(scenes.subList(0, 1), List.of());
    assertTooFew(scenes, Collections.nCopies(10, "one panel"));
    assertTooFew(Collections.nCopies(10, new float[64]), List.of());
    assertThatIllegalArgumentException().isThrownBy(() -> HeldOutSplit.of(scenes, List.of("a"), 3, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> HeldOutSplit.of(scenes, List.of(), 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> HeldOutSplit.of(scenes, List.of(), 10, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> HeldOutSplit.of(List.of(new float[3], new float[4]), List.of(), 1, 1));
  }

  private static void assertTooFew(List<float[]> signatures, List<String> groups) {
    assertThatThrownBy(() -> HeldOutSplit.of(signatures, groups, 1, 1))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TOO_FEW_NORMALS));
  }

  /** Pictures of n/{@code shots} scenes, each taken {@code shots} times in a row with a little noise. */
  private static List<float[]> scenes(Random random, int n, int shots) {
    List<float[]> pictures = new ArrayList<>();
    float[] scene = {};
    for (int i = 0; i < n; i++) {
      if (i % shots == 0) {
        scene = noise(random, 256, 1);
      }
      float[] picture = noise(random, 256, 0.04f);
      for (int c = 0; c < picture.length; c++) {
        picture[c] += scene[c];
      }
      pictures.add(picture);
    }
    return pictures;
  }

  private static float[] noise(Random random, int length, float deviation) {
    float[] noise = new float[length];
    for (int c = 0; c < length; c++) {
      noise[c] = deviation * (float) random.nextGaussian();
    }
    return noise;
  }

  private static List<Integer> scenesOf(int[] pictures, int shots) {
    return Arrays.stream(pictures).mapToObj(i -> i / shots).toList();
  }

  private static double medianDistance(List<float[]> signatures) {
    double[] distances = IntStream.range(1, signatures.size())
        .boxed()
        .flatMapToDouble(i -> IntStream.range(0, i).mapToDouble(j -> distance(signatures.get(i), signatures.get(j))))
        .sorted()
        .toArray();
    return distances[distances.length / 2];
  }

  private static double distance(float[] a, float[] b) {
    return Math.sqrt(IntStream.range(0, a.length).mapToDouble(c -> (double) (a[c] - b[c]) * (a[c] - b[c])).sum());
  }
}
