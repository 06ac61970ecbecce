package io.kerf.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.imaging.QualityLimits;
import io.kerf.training.TwoModels;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemandsTest {
  @TempDir
  private static Path folder;
  private static Bundle bundle;

  @BeforeAll
  static void learn() throws Exception {
    TwoModels models = TwoModels.learn(folder);
    bundle = new BundleStore(folder.resolve("models")).load(models.first());
  }

  private static Demands falseRejects(double alpha) {
    return new Demands(OptionalDouble.of(alpha), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static Demands brightness(OptionalDouble least, OptionalDouble most) {
    return new Demands(OptionalDouble.empty(), least, most, OptionalDouble.empty(), OptionalDouble.empty());
  }

  @Test
  void withoutDemandsABundleJudgesAsItLearnt() {
    Demands.Met met = Demands.NONE.on(bundle);
    assertThat(met.bundle()).isEqualTo(bundle);
    assertThat(met.unmet()).isEmpty();
  }

  @Test
  void anotherBudgetSetsTheThresholdThatItsHeldOutPartsGive() {
    Demands.Met met = falseRejects(0.5).on(bundle);
    assertThat(met.unmet()).isEmpty();
    assertThat(met.bundle().digest()).isEqualTo(bundle.digest());
    assertThat(met.bundle().rules().calibration().falseRejectBudget()).isEqualTo(0.5);
    assertThat(met.bundle().rules().calibration().threshold()).isLessThan(bundle.rules().calibration().threshold());
    assertThat(met.bundle().rules().calibration().heldOutScores()).isEqualTo(bundle.rules().calibration().heldOutScores());
  }

  /** n held-out parts show 1/(n+1) and nothing tighter. */
  @Test
  void theTightestBudgetThatCanBeShownIsKeptAndATighterOneIsSaid() {
    double tightest = 1.0 / (bundle.rules().calibration().heldOutScores().size() + 1);
    assertThat(falseRejects(tightest).on(bundle).unmet()).isEmpty();
    Demands.Met tighter = falseRejects(tightest * 0.999).on(bundle);
    assertThat(tighter.bundle().rules().calibration()).isEqualTo(bundle.rules().calibration());
    assertThat(tighter.unmet()).singleElement().asString().contains("keeps its own false-reject budget of 20.0 %").contains("Add good parts");
  }

  @Test
  void limitsOfAnImageAreTheStationsWhereItSaysAny() {
    QualityLimits own = bundle.rules().quality();
    QualityLimits limits = new Demands(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(0.9), OptionalDouble.of(0.3), OptionalDouble.of(0.1)).on(bundle).bundle()
        .rules().quality();
    assertThat(limits).isEqualTo(new QualityLimits(own.minBrightness(), 0.9, 0.3, 0.1));
  }

  @Test
  void limitsThatContradictWhatWasLearntAreSaidAndNotFollowed() {
    QualityLimits own = bundle.rules().quality();
    Demands.Met met = brightness(OptionalDouble.of(own.maxBrightness() + 1e-6), OptionalDouble.empty()).on(bundle);
    assertThat(met.bundle().rules().quality()).isEqualTo(own);
    assertThat(met.unmet()).singleElement().asString().contains("No image could be judged");
    assertThat(brightness(OptionalDouble.of(own.maxBrightness()), OptionalDouble.empty()).on(bundle).unmet()).isEmpty();
  }
}
