package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Preprocessing;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Lesson;
import io.kerf.training.TrainingOrder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {
  @TempDir
  private Path temp;

  private final List<String> said = new ArrayList<>();
  private final List<Combination> made = new ArrayList<>();

  private static Dataset set(String name, int normals) {
    List<LabelledImage> train = new ArrayList<>();
    for (int i = 0; i < normals; i++) {
      train.add(new LabelledImage(Path.of(name, "train", "good", i + ".png"), LabelledImage.GOOD, false, Optional.empty(), Optional.empty()));
    }
    return new Dataset(name, Path.of(name), train, List.of());
  }

  private static Combination asked(Dataset set, long seed, boolean light) {
    TrainingOrder order = TrainingOrder.of(Lesson.dense(), Preprocessing.ofSize(64), new Length.Steps(5), seed, 1);
    return new Combination(set, LearningSettings.of(order, 0.05, "OnnxRuntime"), "5 steps", OptionalInt.empty(), light);
  }

  private Summary run(Campaign.Measurement measurement, Combination... combinations) throws IOException {
    said.clear();
    made.clear();
    return new Campaign(temp.resolve("report"), (asked, folder) -> {
      made.add(asked);
      EvaluationResult result = measurement.make(asked, folder);
      ReportJson.write(result, folder.resolve(ReportJson.FILE));
      return result;
    }, said::add, Clock.systemUTC()).run(List.of(combinations));
  }

  private static EvaluationResult measured(Combination asked, Path folder) {
    return SampleRun.answering(asked, 0.9);
  }

  @Test
  void everyCombinationHasItsFolderAndTheSummaryItsThreeForms() throws IOException {
    Summary summary = run(CampaignTest::measured, asked(set("nut", 40), 1, false), asked(set("nut", 40), 2, false), asked(set("bolt", 40), 1, false));
    assertThat(summary.rows()).extracting(SummaryRow::set).containsExactly("nut", "bolt");
    assertThat(temp.resolve("report/nut/5-steps-seed2/report.json")).exists();
    assertThat(temp.resolve("report/bolt/5-steps-seed1/report.json")).exists();
    assertThat(temp.resolve("report")).isDirectoryContaining("glob:**summary.json").isDirectoryContaining("glob:**summary.md")
        .isDirectoryContaining("glob:**summary.html");
  }

  @Test
  void whatIsThereAlreadyIsSkippedAndCounts() throws IOException {
    Combination first = asked(set("nut", 40), 1, false);
    run(CampaignTest::measured, first);
    Summary summary = run(CampaignTest::measured, first, asked(set("nut", 40), 2, false));
    assertThat(made).extracting(Combination::seed).containsExactly(2L);
    assertThat(said.get(0)).contains("[1/2] nut, 5 steps, seed 1: skipped", "report.json has the same settings");
    assertThat(summary.rows().get(0).seeds()).containsExactly(1L, 2L);
  }

  @Test
  void anotherQuestionOrADamagedReportIsMadeAgain() throws IOException {
    Combination plain = asked(set("nut", 40), 1, false);
    run(CampaignTest::measured, plain);
    run(CampaignTest::measured, asked(set("nut", 41), 1, false));
    assertThat(made).as("another image").hasSize(1);
    run(CampaignTest::measured, new Combination(plain.dataset(), plain.settings().withFalseRejectBudget(0.1), "5 steps", OptionalInt.empty(), false));
    assertThat(made).as("another budget").hasSize(1);
    run(CampaignTest::measured, asked(set("nut", 40), 1, true));
    assertThat(made).as("light").hasSize(1);
    Files.writeString(temp.resolve("report/nut/5-steps-seed1/report.json"), "{\"dataset\": \"nut\"");
    run(CampaignTest::measured, plain);
    assertThat(made).as("half a file").hasSize(1);
    Files.writeString(temp.resolve("report/nut/5-steps-seed1/report.json"), "{\"dataset\": \"nut\"}");
    run(CampaignTest::measured, plain);
    assertThat(made).as("an older report").hasSize(1);
  }

  @Test
  void oneThatFailsIsNamedAndTheRestGoesOn() throws IOException {
    Summary summary = run((asked, folder) -> {
      if (asked.seed() == 1) {
        throw new FaultException(Fault.TRAINING_FAILED, "It broke.");
      }
      return SampleRun.answering(asked, 0.9);
    }, asked(set("nut", 40), 1, false), asked(set("nut", 40), 2, false));
    assertThat(summary.failures()).containsExactly(new Summary.Failure("nut, 5 steps, seed 1", "It broke. [training-failed]"));
    assertThat(summary.rows().get(0).seeds()).containsExactly(2L);
  }

  /** Of 12 parts at most 6 are held out, which show 1/7. */
  @Test
  void aSetThatCannotShowTheBudgetIsMeasuredAtTheTightestItShowsAndResumes() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("few"));
    Random random = new Random(5);
    for (int i = 0; i < 12; i++) {
      Path image = folder.resolve("train/good/" + i + ".png");
      Files.createDirectories(image.getParent());
      BufferedImage noise = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
      noise.setRGB(0, 0, 40, 40, random.ints(1600).toArray(), 0, 40);
      ImageIO.write(noise, "png", image.toFile());
    }
    Files.createDirectories(folder.resolve("test/good"));
    Files.copy(folder.resolve("train/good/0.png"), folder.resolve("test/good/0.png"));
    Combination few = asked(Dataset.read(folder), 1, false);
    Campaign.Measurement refusing = (asked, to) -> {
      if (asked.settings().falseRejectBudget() < 1 / 7.0) {
        throw new FaultException(Fault.BUDGET_TOO_TIGHT, "needs 19");
      }
      return SampleRun.answering(asked, 0.9);
    };
    Summary summary = run(refusing, few, asked(set("nut", 40), 1, false));
    assertThat(made.get(1).settings().falseRejectBudget()).isCloseTo(1 / 7.0, within(1e-15));
    assertThat(summary.rows().get(0).alpha()).isCloseTo(1 / 7.0, within(1e-15));
    assertThat(summary.rows().get(0).askedAlpha()).isEqualTo(0.05);
    assertThat(said).anySatisfy(line -> assertThat(line).contains("few", "cannot show 5 %", "measured at 14.286 %"));
    assertThat(summary.failures()).extracting(Summary.Failure::combination).containsExactly("nut, 5 steps, seed 1");
    run(refusing, few);
    assertThat(made).as("made again").isEmpty();
  }

  @Test
  void twoSetsOfOneNameAreRefused() {
    Dataset elsewhere = new Dataset("nut", Path.of("other", "nut"), List.of(), List.of());
    assertThatThrownBy(() -> run(CampaignTest::measured, asked(set("nut", 40), 1, false), asked(elsewhere, 1, false))).isInstanceOf(FaultException.class)
        .hasMessageContaining("have the same name");
    assertThat(made).isEmpty();
  }

  @Test
  void drawingIsRepeatableAndSmallerDrawsAreWithinLarger() {
    Dataset nut = set("nut", 40);
    List<LabelledImage> ten = nut.drawn(10, 3).train();
    assertThat(ten).hasSize(10).isEqualTo(set("nut", 40).drawn(10, 3).train()).isSubsetOf(nut.train()).containsAll(nut.drawn(5, 3).train());
    assertThat(nut.drawn(10, 4).train()).isNotEqualTo(ten);
    assertThat(nut.drawn(40, 3).train()).isEqualTo(nut.train());
    assertThatThrownBy(() -> nut.drawn(41, 3)).isInstanceOf(FaultException.class).hasMessageContaining("nut has 40 good parts");
  }
}
