package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.density.DensityOptions;
import io.kerf.density.LocalDensityEstimator;
import io.kerf.density.ScoreKind;
import io.kerf.density.TailPolicy;
import io.kerf.imaging.Fit;
import io.kerf.imaging.Photometric;
import io.kerf.imaging.Preprocessing;
import io.kerf.pretext.PretextTask;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Lesson;
import io.kerf.training.Objective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LearningOptionsTest {
  @Command(name = "test")
  private static final class Holder {
    @Mixin
    private LearningOptions options;
  }

  private static LearningSettings parse(String... arguments) {
    Holder holder = new Holder();
    CommandLine line = new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true);
    Converters.register(line);
    line.parseArgs(arguments);
    return holder.options.settings();
  }

  @Test
  void withoutOptionsTheDenseLessonIsLearntAndTheRestFollowsFromEvidence() {
    LearningSettings settings = parse();
    assertThat(settings.order().lesson()).isEqualTo(Lesson.dense());
    assertThat(settings.order().preprocessing()).isEqualTo(Preprocessing.ofSize(256));
    assertThat(settings.order().length()).isEqualTo(new Length.Budget(300));
    assertThat(settings.order().startFrom()).isEmpty();
    assertThat(settings.proportional()).isTrue();
    assertThat(settings.local()).isEmpty();
    assertThat(settings.scores()).isEmpty();
    assertThat(settings.falseRejectBudget()).isEqualTo(0.05);
    assertThat(settings.tail()).isEqualTo(TailPolicy.REFUSE);
    assertThat(settings.pooled()).isEqualTo(DensityOptions.DEFAULT);
  }

  @Test
  void thePooledLessonHasThePapersDefaults() {
    LearningSettings settings = parse("--lesson", "pooled");
    assertThat(settings.order().lesson().task()).isEqualTo(PretextTask.THREE_WAY);
    assertThat(settings.order().lesson().objective()).isEqualTo(Objective.CLASSIFY);
    assertThat(settings.order().lesson().cropPx()).isEmpty();
    assertThat(settings.order().lesson().learningRate()).isEqualTo(0.03);
    assertThat(settings.order().lesson().weightDecay()).isEqualTo(3e-5);
    assertThat(settings.order().lesson().headWidths()).containsExactly(512, 128);
  }

  @Test
  void theJointLessonAsksBothQuestions() {
    assertThat(parse("--lesson", "joint").order().lesson()).isEqualTo(Lesson.joint());
  }

  @Test
  void wholeImagesAreAskedForByACropOfZero() {
    assertThat(parse("--crop", "0").order().lesson().cropPx()).isEmpty();
  }

  @Test
  void everyOptionIsHeard() {
    LearningSettings settings = parse("--size", "96", "--steps", "40", "--task", "union", "--images-per-step", "8", "--learning-rate", "0.01",
        "--weight-decay", "0", "--warm-up", "3", "--head", "256,64,32", "--jitter", "0.2", "--seed", "9", "--threads", "3", "--memory", "3g",
        "--fit", "centre-crop", "--region", "0.1,0.2,0.5,0.6", "--photometric", "fixed", "--density", "gaussian", "--no-l2-normalise", "--dimensions", "16",
        "--alpha", "1%", "--tail", "extrapolate", "--engine", "PyTorch", "--lesson", "joint", "--crop", "64", "--mirror", "--square",
        "--scores", "thumbnail,dense-top", "--local", "location-free", "--start-from", "some.safetensors");
    assertThat(settings.order().preprocessing().sizePx()).isEqualTo(96);
    assertThat(settings.order().preprocessing().fit()).isEqualTo(Fit.CENTRE_CROP);
    assertThat(settings.order().preprocessing().region()).isPresent();
    assertThat(settings.order().preprocessing().photometric()).isInstanceOf(Photometric.Fixed.class);
    assertThat(settings.order().length()).isEqualTo(new Length.Steps(40));
    assertThat(settings.order().lesson().task()).isEqualTo(PretextTask.UNION);
    assertThat(settings.order().lesson().headWidths()).containsExactly(256, 64, 32);
    assertThat(settings.order().lesson().augmentation().imageJitter()).isEqualTo(0.2);
    assertThat(settings.order().threads()).isEqualTo(3);
    assertThat(settings.order().memoryBytes()).isEqualTo(3L << 30);
    assertThat(settings.pooled().kind()).isEqualTo(DensityOptions.Kind.GAUSSIAN);
    assertThat(settings.pooled().l2Normalise()).isFalse();
    assertThat(settings.pooled().maxDimensions()).isEqualTo(16);
    assertThat(settings.order().lesson().objective()).isEqualTo(Objective.BOTH);
    assertThat(settings.order().lesson().cropPx()).hasValue(64);
    assertThat(settings.order().lesson().imagesPerStep()).isEqualTo(8);
    assertThat(settings.order().lesson().learningRate()).isEqualTo(0.01);
    assertThat(settings.order().lesson().weightDecay()).isZero();
    assertThat(settings.order().lesson().warmUpSteps()).isEqualTo(3);
    assertThat(settings.order().lesson().augmentation().mirrored()).isTrue();
    assertThat(settings.order().seed()).isEqualTo(9);
    assertThat(settings.order().startFrom()).hasValueSatisfying(start -> assertThat(start.file()).startsWith("/").endsWith("/some.safetensors"));
    assertThat(settings.proportional()).isFalse();
    assertThat(settings.scores()).containsExactly(ScoreKind.THUMBNAIL, ScoreKind.DENSE_TOP);
    assertThat(settings.local()).hasValue(LocalDensityEstimator.Kind.LOCATION_FREE);
    assertThat(settings.falseRejectBudget()).isEqualTo(0.01);
    assertThat(settings.tail()).isEqualTo(TailPolicy.EXTRAPOLATE);
    assertThat(settings.engine()).isEqualTo("PyTorch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--budget=soon", "--budget=0s", "--alpha=0", "--alpha=150%", "--memory=-1", "--task=guess", "--region=1,2", "--encoder-only=clever",
      "--lesson=all", "--scores=guess", "--local=nowhere", "--crop=wide"})
  void whatMakesNoSenseIsRefused(String argument) {
    assertThatThrownBy(() -> parse(argument)).isInstanceOf(CommandLine.ParameterException.class);
  }

  @Test
  void aBudgetAndStepsTogetherAreRefused() {
    assertThatThrownBy(() -> parse("--budget", "5m", "--steps", "3")).isInstanceOf(CommandLine.MutuallyExclusiveArgsException.class);
  }
}
