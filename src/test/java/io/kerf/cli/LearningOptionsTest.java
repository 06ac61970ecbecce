package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.density.DensityOptions;
import io.kerf.density.TailPolicy;
import io.kerf.imaging.Fit;
import io.kerf.imaging.Photometric;
import io.kerf.pretext.PretextTask;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
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
  void withoutOptionsThePapersDefaultsHold() {
    LearningSettings settings = parse();
    assertThat(settings.pretext().task()).isEqualTo(PretextTask.THREE_WAY);
    assertThat(settings.pretext().length()).isEqualTo(new Length.Budget(300));
    assertThat(settings.pretext().learningRate()).isEqualTo(0.03);
    assertThat(settings.pretext().weightDecay()).isEqualTo(3e-5);
    assertThat(settings.pretext().headWidths()).containsExactly(512, 128);
    assertThat(settings.falseRejectBudget()).isEqualTo(0.05);
    assertThat(settings.tail()).isEqualTo(TailPolicy.REFUSE);
    assertThat(settings.density()).isEqualTo(DensityOptions.DEFAULT);
  }

  @Test
  void everyOptionIsHeard() {
    LearningSettings settings = parse("--size", "96", "--steps", "40", "--task", "union", "--images-per-step", "8", "--learning-rate", "0.01",
        "--weight-decay", "0", "--warm-up", "3", "--head", "256,64,32", "--jitter", "0.2", "--seed", "9", "--threads", "3", "--memory", "3g",
        "--fit", "centre-crop", "--region", "0.1,0.2,0.5,0.6", "--photometric", "fixed", "--density", "gaussian", "--no-l2-normalise", "--dimensions", "16",
        "--alpha", "1%", "--tail", "extrapolate", "--engine", "PyTorch");
    assertThat(settings.pretext().preprocessing().sizePx()).isEqualTo(96);
    assertThat(settings.pretext().preprocessing().fit()).isEqualTo(Fit.CENTRE_CROP);
    assertThat(settings.pretext().preprocessing().region()).isPresent();
    assertThat(settings.pretext().preprocessing().photometric()).isInstanceOf(Photometric.Fixed.class);
    assertThat(settings.pretext().length()).isEqualTo(new Length.Steps(40));
    assertThat(settings.pretext().task()).isEqualTo(PretextTask.UNION);
    assertThat(settings.pretext().headWidths()).containsExactly(256, 64, 32);
    assertThat(settings.pretext().augmentation().imageJitter()).isEqualTo(0.2);
    assertThat(settings.pretext().threads()).isEqualTo(3);
    assertThat(settings.pretext().memoryBytes()).isEqualTo(3L << 30);
    assertThat(settings.density().kind()).isEqualTo(DensityOptions.Kind.GAUSSIAN);
    assertThat(settings.density().l2Normalise()).isFalse();
    assertThat(settings.density().maxDimensions()).isEqualTo(16);
    assertThat(settings.falseRejectBudget()).isEqualTo(0.01);
    assertThat(settings.tail()).isEqualTo(TailPolicy.EXTRAPOLATE);
    assertThat(settings.engine()).isEqualTo("PyTorch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--budget=soon", "--budget=0s", "--alpha=0", "--alpha=150%", "--memory=-1", "--task=guess", "--region=1,2", "--encoder-only=clever"})
  void whatMakesNoSenseIsRefused(String argument) {
    assertThatThrownBy(() -> parse(argument)).isInstanceOf(CommandLine.ParameterException.class);
  }

  @Test
  void aBudgetAndStepsTogetherAreRefused() {
    assertThatThrownBy(() -> parse("--budget", "5m", "--steps", "3")).isInstanceOf(CommandLine.MutuallyExclusiveArgsException.class);
  }
}
