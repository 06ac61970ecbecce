package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.density.ScoreKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTableTest {
  private final EvaluationResult result = new SampleReport().result();
  private final List<String> lines = ConsoleTable.render(result).lines().toList();

  @Test
  void everyClassTheWholeAndTheFloorHaveARow() {
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("broken_large").containsPattern("1?[0-9]/20 +[0-9.]+ %"));
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("overall").contains(Figures.share(result.overall().imageAuroc())));
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("floor").contains(Figures.share(result.floor().imageAuroc())));
  }

  @Test
  void columnsAreAligned() {
    String header = lines.stream().filter(line -> line.startsWith("class")).findFirst().orElseThrow();
    String overall = lines.stream().filter(line -> line.startsWith("overall")).findFirst().orElseThrow();
    int end = header.indexOf("image AUROC") + "image AUROC".length();
    assertThat(overall.substring(0, end)).endsWith(Figures.share(result.overall().imageAuroc()));
  }

  @Test
  void everySingleScoreHasARowWithItsBand() {
    EvaluationResult.SingleScore local = result.scores().get(ScoreKind.LOCAL);
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("local ").contains(Figures.share(local.imageAuroc()), local.falseRejects() + " of 20",
        Figures.range(local.falseRejectBand().orElseThrow())).doesNotContain("yes"));
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("dense-top ").contains("yes"));
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("floor (thumbnail)").contains(Figures.share(result.floor().thumbnailAuroc())));
    assertThat(lines).contains(SampleReport.REASON, result.hindsight().orElseThrow().sentence());
  }

  @Test
  void whatIsNotBorneIsMarked() {
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("brightness +10 %").doesNotEndWith("!"));
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("rotation 1°").endsWith("!"));
    assertThat(lines).contains(result.light().orElseThrow().sentence(0.05));
  }

  @Test
  void rejectsDetectionsAndUnjudgedPartsAreToldInSentences() {
    assertThat(lines).contains(Figures.falseRejectSentence(result.overall()), Figures.detectionSentence(result.overall()),
        Figures.unjudgedSentence(result.overall()));
  }
}
