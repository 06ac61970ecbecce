package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.kerf.evaluation.Ranking.RocPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
  private final double[] good = new double[35];
  private final double[] defective = new double[25];

  /** Sixty scores on a grid of a quarter, so that many tie; good = floor(20u)/4, defective = floor(20u)/4 + 1.25, u from seed 7. */
  RankingTest() {
    Lcg random = new Lcg(7);
    for (int i = 0; i < good.length; i++) {
      good[i] = Math.floor(random.next() * 20) / 4;
    }
    for (int i = 0; i < defective.length; i++) {
      defective[i] = Math.floor(random.next() * 20) / 4 + 1.25;
    }
  }

  @Test
  void aurocWithTiesIsThatOfScikitLearn() {
    assertThat(new Ranking(good, defective).auroc()).hasValueCloseTo(0.6862857142857144, within(1e-12)); // sklearn roc_auc_score
  }

  @Test
  void averagePrecisionWithTiesIsThatOfScikitLearn() {
    assertThat(new Ranking(good, defective).averagePrecision())
        .hasValueCloseTo(0.6382540555443782, within(1e-12)); // sklearn average_precision_score
  }

  @Test
  void areaUnderTheRocPointsIsTheAuroc() {
    List<RocPoint> roc = new Ranking(good, defective).roc();
    double area = 0;
    for (int i = 1; i < roc.size(); i++) {
      area += (roc.get(i).falseRejectRate() - roc.get(i - 1).falseRejectRate())
          * (roc.get(i).detectionRate() + roc.get(i - 1).detectionRate()) / 2;
    }
    assertThat(area).isCloseTo(0.6862857142857144, within(1e-12));
    assertThat(roc.get(0)).isEqualTo(new RocPoint(0, 0));
    assertThat(roc.get(roc.size() - 1)).isEqualTo(new RocPoint(1, 1));
  }

  @Test
  void ratesCountOnlyScoresAboveTheThreshold() {
    Ranking ranking = new Ranking(good, defective);
    assertThat(ranking.falseRejectRate(4.5)).hasValueCloseTo(4 / 35.0, within(1e-12)); // numpy (good > 4.5).mean()
    assertThat(ranking.detectionRate(4.5)).hasValueCloseTo(0.2, within(1e-12));
  }

  @Test
  void perfectSeparationIsOneAndItsReverseNothing() {
    assertThat(new Ranking(new double[] {1, 2}, new double[] {3, 4}).auroc()).hasValue(1);
    assertThat(new Ranking(new double[] {3, 4}, new double[] {1, 2}).auroc()).hasValue(0);
    assertThat(new Ranking(new double[] {1, 1}, new double[] {1}).auroc()).hasValue(0.5);
    assertThat(new Ranking(new double[] {1, 2}, new double[] {3, 4}).roc())
        .containsExactly(new RocPoint(0, 0), new RocPoint(0, 1), new RocPoint(1, 1));
  }

  @Test
  void withoutPartsOfBothKindsThereIsNoRanking() {
    Ranking onlyGood = new Ranking(good, new double[0]);
    assertThat(onlyGood.auroc()).isEmpty();
    assertThat(onlyGood.averagePrecision()).isEmpty();
    assertThat(onlyGood.roc()).isEmpty();
    assertThat(onlyGood.detectionRate(0)).isEmpty();
  }

  @Test
  void aScoreThatIsNoNumberIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Ranking(new double[] {Double.NaN}, defective));
  }
}
