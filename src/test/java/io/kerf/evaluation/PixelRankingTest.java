package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Against scikit-learn's roc_auc_score over all pixels, and an exact AUPRO in numpy: every distinct heat value as a threshold, regions
 * by scipy.ndimage.label with a full 3 × 3 structure, trapezoids to a false-positive rate of 0.3, interpolated there.
 */
class PixelRankingTest {
  private static final int W = 40;
  private static final int H = 30;
  private static final int IMAGES = 6;
  private static final double AUPRO = 0.5100335497558269;

  @Test
  void figuresAreThoseOfTheExactComputation() {
    PixelRanking ranking = counted(heat -> heat);
    assertThat(ranking.auroc()).hasValueCloseTo(0.8454932925240948, within(2e-5));
    assertThat(ranking.aupro()).hasValueCloseTo(AUPRO, within(1e-4));
  }

  @Test
  void aLargeOffsetHardlyMovesThem() {
    PixelRanking ranking = counted(heat -> heat + 50);
    assertThat(ranking.auroc()).hasValueCloseTo(0.8454932925240948, within(2e-4));
    assertThat(ranking.aupro()).hasValueCloseTo(AUPRO, within(5e-4));
  }

  @Test
  void zeroesOfAClippedMapAreTies() {
    PixelRanking ranking = counted(heat -> Math.max(heat - 1, 0));
    assertThat(ranking.auroc()).hasValueCloseTo(0.8273267778067205, within(2e-5));
    assertThat(ranking.aupro()).hasValueCloseTo(AUPRO, within(1e-4));
  }

  @Test
  void tinyAndNegativeValuesKeepTheirOrder() {
    PixelRanking ranking = counted(heat -> heat * 1e-6f - 1e-6f);
    assertThat(ranking.auroc()).hasValueCloseTo(0.8454932925240948, within(2e-5));
    assertThat(ranking.aupro()).hasValueCloseTo(AUPRO, within(1e-4));
  }

  @Test
  void partsCountedApartAndAddedGiveTheSame() {
    PixelRanking together = new PixelRanking();
    for (int i = 0; i < IMAGES; i++) {
      PixelRanking one = new PixelRanking();
      one.add(heatMap(i), mask(i));
      together.addAll(one);
    }
    assertThat(together.auroc()).isEqualTo(counted(heat -> heat).auroc());
    assertThat(together.aupro().orElseThrow()).isCloseTo(counted(heat -> heat).aupro().orElseThrow(), within(1e-12));
  }

  @Test
  void minusZeroAndZeroAreOne() {
    PixelRanking ranking = new PixelRanking();
    ranking.add(new float[] {-0f, 0f}, new Mask(2, 1, new boolean[] {true, false}));
    assertThat(ranking.auroc()).hasValue(0.5);
  }

  @Test
  void aPerfectMapScoresOne() {
    PixelRanking ranking = new PixelRanking();
    ranking.add(new float[] {1, 1, 9, 8}, new Mask(2, 2, new boolean[] {false, false, true, true}));
    assertThat(ranking.auroc()).hasValue(1);
    assertThat(ranking.aupro()).hasValueCloseTo(1.0, within(1e-12));
  }

  @Test
  void withoutMasksThereAreNoFigures() {
    PixelRanking ranking = new PixelRanking();
    ranking.addGood(new float[] {1, 2});
    assertThat(ranking.auroc()).isEmpty();
    assertThat(ranking.aupro()).isEmpty();
  }

  @Test
  void aMapOfAnotherSizeOrWithNoNumberIsRefused() {
    PixelRanking ranking = new PixelRanking();
    assertThatIllegalArgumentException().isThrownBy(() -> ranking.add(new float[3], new Mask(2, 2, new boolean[4])));
    assertThatIllegalArgumentException().isThrownBy(() -> ranking.addGood(new float[] {Float.NaN}));
  }

  @Test
  void pixelsThatTouchDiagonallyAreOneRegion() {
    Mask mask = new Mask(4, 2, new boolean[] {true, false, false, true, false, true, false, false});
    ConnectedRegions regions = ConnectedRegions.of(mask);
    assertThat(regions.count()).isEqualTo(2);
    assertThat(regions.pixels(0)).isEqualTo(2);
    assertThat(regions.pixels(1)).isEqualTo(1);
    assertThat(regions.regionOf(1)).isNegative();
  }

  private static PixelRanking counted(UnaryOperator<Float> transform) {
    PixelRanking ranking = new PixelRanking();
    for (int i = 0; i < IMAGES; i++) {
      float[] heatMap = heatMap(i);
      for (int p = 0; p < heatMap.length; p++) {
        heatMap[p] = transform.apply(heatMap[p]);
      }
      ranking.add(heatMap, mask(i));
    }
    return ranking;
  }

  private static float[] heatMap(int image) {
    Lcg random = new Lcg(100 + image);
    float[] heatMap = new float[W * H];
    for (int p = 0; p < heatMap.length; p++) {
      int x = p % W;
      int y = p / W;
      double blobs = image < 2 ? 0
          : 2 * Math.exp(-(sq(x - 9 - image) + sq(y - 10)) / 18.0) + Math.exp(-(sq(x - 28) + sq(y - 19)) / 10.0);
      heatMap[p] = (float) (random.next() * 1.5 + blobs);
    }
    return heatMap;
  }

  /** A disc, a bar and a pair of pixels: three regions; no defect in the first two images. */
  private static Mask mask(int image) {
    boolean[] defect = new boolean[W * H];
    for (int p = 0; image >= 2 && p < defect.length; p++) {
      int x = p % W;
      int y = p / W;
      defect[p] = sq(x - 8 - image) + sq(y - 9) <= 9 || Math.abs(x - 30) <= image && Math.abs(y - 20) <= 1
          || y == 24 && x >= 31 + image && x < 33 + image;
    }
    return new Mask(W, H, defect);
  }

  private static double sq(double d) {
    return d * d;
  }
}
