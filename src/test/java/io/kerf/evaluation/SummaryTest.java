package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.density.ScoreKind;
import io.kerf.evaluation.Summary.Failure;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SummaryTest {
  private final List<EvaluationResult> runs = List.of(SampleRun.of("bottle", "2m", 1, 0.9, 1), SampleRun.of("bottle", "2m", 2, 0.92, 2),
      SampleRun.of("bottle", "2m", 3, 0.97, 6), SampleRun.of("bottle", "5m", 1, 0.95, 0),
      new SampleRun("a|b <x>", "2m", 1, "", 0.0625, 0.7, 8).result());
  private final Summary summary = Summary.of(runs, List.of(new Failure("bottle, 5m, seed 2", "The disk\nis full [disk-full]")), Instant.EPOCH);

  /** By hand: mean of 0.9, 0.92, 0.97 is 0.93; deviations −0.03, −0.01, 0.04, squares 0.0026, /2 = 0.0013, root 0.036056. */
  @Test
  void figuresAreMeansWithSampleDeviations() {
    SummaryRow bottle = summary.rows().get(0);
    assertThat(bottle.set() + bottle.budget() + bottle.seeds()).isEqualTo("bottle2m[1, 2, 3]");
    assertThat(bottle.imageAuroc().orElseThrow().mean()).isCloseTo(0.93, within(1e-12));
    assertThat(bottle.imageAuroc().orElseThrow().deviation().orElseThrow()).isCloseTo(0.036056, within(1e-6));
    assertThat(bottle.scores().get(ScoreKind.THUMBNAIL).mean()).isCloseTo(0.83, within(1e-12));
    assertThat(bottle.hindsight().orElseThrow().mean()).isCloseTo(0.94, within(1e-12));
    assertThat(bottle.highestFloor()).hasValue(0.85);
    assertThat(bottle.pixelAuroc()).isEmpty();
    assertThat(bottle.trainingSteps().orElseThrow()).isEqualTo(new Spread(102, OptionalDouble.of(1), 3));
    assertThat(bottle.inferenceMillis().orElseThrow().words(1)).isEqualTo("10.0 ± 0.0");
    assertThat(summary.rows().get(1).imageAuroc().orElseThrow()).isEqualTo(Spread.of(DoubleStream.of(0.95)).orElseThrow());
    assertThat(summary.rows().get(1).imageAuroc().orElseThrow().words(3)).isEqualTo("0.950");
  }

  /** 9 of 60 are 15 %, within the band of one run, 0 to 5 of 20, though the third run alone is not; 8 of 20 are 40 %. */
  @Test
  void countsAreAddedAndComparedWithTheBandOfOneRun() {
    SummaryRow.FalseRejects bottle = summary.rows().get(0).falseRejects();
    assertThat(bottle.rejected()).isEqualTo(9);
    assertThat(bottle.good()).isEqualTo(60);
    assertThat(bottle.band().orElseThrow().high()).isEqualTo(SampleRun.BAND.high());
    assertThat(bottle.kept()).isTrue();
    assertThat(summary.rows().get(2).falseRejects().kept()).isFalse();
    assertThat(summary.rows().get(0).detections()).isEqualTo(new SummaryRow.Detections(90, 120));
  }

  @Test
  void theMarkdownIsOneTableWithItsRemarks() {
    List<String> lines = SummaryMarkdown.render(summary).lines().toList();
    assertThat(lines.get(0)).startsWith("| set | budget | α | seeds | image AUROC | thumbnail | floor: random encoder | floor: thumbnail | best in hindsight |");
    assertThat(lines.get(1)).isEqualTo("|---".repeat(16) + "|");
    assertThat(lines.get(2)).isEqualTo("| bottle | 2m | 5 % | 1, 2, 3 | 0.930 ± 0.036 | 0.830 ± 0.036 | 0.800 ± 0.000 | 0.850 ± 0.000 | 0.940 ± 0.036 | – | – |"
        + " 9 of 60, 15.0 % (0–" + Figures.shortPercent(SampleRun.BAND.high()) + ") | 90 of 120, 75.0 % | 120 ± 0 | 102 ± 1 | 10.0 ± 0.0 |");
    assertThat(lines.get(4)).startsWith("| a\\|b <x> | 2m | 6.25 % (5 % asked) | 1 | 0.700 |").contains("exceeded");
    assertThat(lines.stream().skip(2).limit(3)).allSatisfy(line -> assertThat(line.replace("\\|", "").chars().filter(c -> c == '|').count()).isEqualTo(17));
    assertThat(lines).contains("- a|b <x>: its held-out parts cannot show a false-reject rate of 5 %, so the tightest they show was promised.",
        "- Below the higher of its floors, so not helped by what was learnt: a|b <x> (2m).", "- No result for bottle, 5m, seed 2: The disk is full [disk-full]");
  }

  @Test
  void howEachScoreKeepsItsPromiseIsASecondTable() {
    List<String> lines = SummaryMarkdown.render(summary).lines().toList();
    int head = lines.indexOf("| set | budget | α | band | fused | thumbnail |");
    String band = "0–" + Figures.shortPercent(SampleRun.BAND.high());
    assertThat(lines.get(head + 2)).isEqualTo("| bottle | 2m | 5 % | " + band + " | 9 of 60 | 0 of 60 |");
    assertThat(lines.get(head + 4)).isEqualTo("| a\\|b <x> | 2m | 5 % | " + band + " | 8 of 20, exceeded | 0 of 20 |");
  }

  @Test
  void thePageIsWellFormedAndLoadsNothing() throws Exception {
    String page = SummaryPage.render(summary);
    Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    assertThat(document.getElementsByTagName("polyline").getLength()).as("a line and a floor for each set").isEqualTo(4);
    assertThat(document.getElementsByTagName("h2").getLength()).isEqualTo(3);
    assertThat(page).doesNotContain("http:", "https:", "<script", "<link", "@import", "url(", "javascript:", "href=", "src=", "<x>")
        .contains("prefers-color-scheme: dark", "a|b &lt;x&gt;, 2m: 0.7000", "bottle, 5m: 0.9500");
  }

  @Test
  void withoutAnyResultThereIsStillASummary() throws Exception {
    Summary none = Summary.of(List.of(), summary.failures(), Instant.EPOCH);
    assertThat(SummaryMarkdown.render(none)).startsWith("- ").contains("bottle, 5m, seed 2");
    assertThat(SummaryPage.render(none)).contains("there is nothing to draw");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/createdAt", "/rows/0/set", "/rows/0/budget", "/rows/0/alpha", "/rows/0/askedAlpha", "/rows/0/seeds/2", "/rows/0/imageAuroc/mean",
      "/rows/0/imageAuroc/deviation", "/rows/0/imageAuroc/runs", "/rows/0/scores/THUMBNAIL/mean", "/rows/0/randomEncoder/mean", "/rows/0/thumbnail/mean",
      "/rows/0/hindsight/mean", "/rows/0/falseRejects/rejected", "/rows/0/falseRejects/good", "/rows/0/falseRejects/band/high", "/rows/0/falseRejects/kept", "/promises/0/score", "/promises/0/alpha", "/promises/0/rejected", "/promises/0/band/high",
      "/rows/0/detections/detected", "/rows/0/detections/defective", "/rows/0/trainingSeconds/mean", "/rows/0/trainingSteps/mean",
      "/rows/0/inferenceMillis/mean", "/failures/0/combination", "/failures/0/reason"})
  void everyPathThatScriptsReadIsThere(String path, @TempDir Path folder) throws Exception {
    ReportJson.write(summary, folder.resolve("summary.json"));
    JsonNode node = new ObjectMapper().readTree(folder.resolve("summary.json").toFile()).at(path);
    assertThat(node.isValueNode() && !node.isNull()).isTrue();
  }
}
