package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.density.DensityOptions.Kind;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrossFitTest {
  private static final int[] FOLDS = {-1, 0, -1, 1, 2, -1, 0, -1, 1, -1, 2, 0};

  @ParameterizedTest
  @EnumSource
  void aModelWithoutAFoldIsTheOneFittedWithoutItsParts(Kind kind) {
    float[][] rows = Waves.rows(FOLDS.length, 6);
    DensityOptions options = DensityOptions.DEFAULT.withKind(kind).withMaxDimensions(3);
    DensityEstimator.CrossFitted fitted = DensityEstimator.crossFit(rows, FOLDS, options);
    assertThat(fitted.withoutFold()).hasSize(3);
    for (int fold = 0; fold < 3; fold++) {
      int left = fold;
      float[][] others = IntStream.range(0, rows.length).filter(i -> FOLDS[i] != left).mapToObj(i -> rows[i]).toArray(float[][]::new);
      assertSame(fitted.withoutFold().get(fold), DensityEstimator.fit(others, options));
    }
    assertSame(fitted.density(), DensityEstimator.fit(rows, options));
  }

  private static void assertSame(Density actual, Density expected) {
    assertThat(actual.tensors().keySet()).isEqualTo(expected.tensors().keySet());
    actual.tensors().forEach((name, tensor) -> {
      Tensor due = expected.tensors().get(name);
      assertThat(tensor.shape()).as(name).isEqualTo(due.shape());
      assertThat(tensor.values()).as(name).isEqualTo(due.values());
    });
  }

  @Test
  void aPartThatItsFoldsModelHasNotSeenLooksOdderThanToTheModelThatHas() {
    float[][] rows = Waves.rows(FOLDS.length, 6);
    DensityEstimator.CrossFitted fitted = DensityEstimator.crossFit(rows, FOLDS, DensityOptions.DEFAULT.withKind(Kind.GAUSSIAN).withL2Normalise(false));
    double seen = IntStream.range(0, rows.length).filter(i -> FOLDS[i] >= 0).mapToDouble(i -> fitted.density().score(rows[i])).average().orElseThrow();
    double unseen = IntStream.range(0, rows.length).filter(i -> FOLDS[i] >= 0).mapToDouble(i -> fitted.withoutFold().get(FOLDS[i]).score(rows[i])).average()
        .orElseThrow();
    assertThat(unseen).isGreaterThan(seen);
  }

  @Test
  void withoutFoldsThereIsOneModelOfAll() {
    int[] none = new int[12];
    Arrays.fill(none, -1);
    assertThat(DensityEstimator.crossFit(Waves.rows(12, 6), none, DensityOptions.DEFAULT).withoutFold()).isEmpty();
  }

  @Test
  void aFoldOfAllPartsLeavesNothingToLearnFrom() {
    assertThatThrownBy(() -> DensityEstimator.crossFit(Waves.rows(12, 6), new int[12], DensityOptions.DEFAULT))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TOO_FEW_NORMALS));
  }
}
