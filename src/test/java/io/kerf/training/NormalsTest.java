package io.kerf.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.training.Normals.GoodPart;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalsTest {
  @TempDir
  private static Path folder;
  private static List<Path> images;

  @BeforeAll
  static void draw() {
    images = SyntheticParts.good(folder, 80, 1);
  }

  @Test
  void whatBelongsTogetherIsInOneFold() {
    List<GoodPart> parts = IntStream.range(0, 80).mapToObj(i -> new GoodPart(images.get(i), Optional.of("lot " + i / 3))).toList();
    Normals normals = Normals.split(parts, 0.05, 4);
    assertThat(normals.folds()).hasSameSizeAs(normals.heldOut());
    Map<Integer, Integer> foldOfLot = new HashMap<>();
    for (int i = 0; i < normals.heldOut().size(); i++) {
      int lot = images.indexOf(normals.heldOut().get(i).image()) / 3;
      assertThat(foldOfLot.computeIfAbsent(lot, key -> fold(normals, lot))).isEqualTo(normals.folds()[i]);
    }
    assertThat(foldOfLot).hasSizeGreaterThan(5);
    assertThat(sizes(normals)).hasSize(5).allSatisfy(size -> assertThat(size).isBetween(3, 6));
  }

  private static int fold(Normals normals, int lot) {
    return IntStream.range(0, normals.folds().length).filter(i -> images.indexOf(normals.heldOut().get(i).image()) / 3 == lot).map(i -> normals.folds()[i]).findFirst()
        .orElseThrow();
  }

  /** Parts of each fold, by its number; every number up to the largest is there. */
  private static List<Integer> sizes(Normals normals) {
    int count = Arrays.stream(normals.folds()).max().orElseThrow() + 1;
    List<Integer> sizes = IntStream.range(0, count).mapToObj(fold -> (int) Arrays.stream(normals.folds()).filter(f -> f == fold).count()).toList();
    assertThat(sizes).doesNotContain(0);
    return sizes;
  }

  @Test
  void partsOfTheirOwnAreDealtEvenly() {
    List<GoodPart> parts = images.stream().map(image -> new GoodPart(image, Optional.of(image.toString()))).toList();
    assertThat(sizes(Normals.split(parts, 0.1, 3))).containsExactly(4, 4, 4, 4, 4);
  }

  @Test
  void twoLotsHeldOutAreTwoFolds() {
    List<GoodPart> parts = IntStream.range(0, 40).mapToObj(i -> new GoodPart(images.get(i), Optional.of("lot " + i / 5))).toList();
    assertThat(sizes(Normals.split(parts, 0.2, 1))).containsExactly(5, 5);
  }

  @Test
  void independentPartsAreDealtInTurn() {
    assertThat(Normals.independent(images.subList(0, 10), images.subList(10, 17)).folds()).containsExactly(0, 1, 2, 3, 4, 0, 1);
  }
}
