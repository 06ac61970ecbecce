package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportJsonTest {
  private final EvaluationResult result = new SampleReport().result();

  @ParameterizedTest
  @ValueSource(strings = {"/dataset", "/createdAt", "/bundle", "/settings/sizePx", "/settings/budget", "/settings/seed", "/settings/lesson",
      "/settings/density", "/settings/alpha", "/settings/tail", "/overall/imageAuroc", "/overall/averagePrecision", "/overall/pixelAuroc",
      "/overall/aupro", "/overall/falseRejectRate", "/overall/detectionRate", "/overall/promisedFalseRejectRate",
      "/overall/falseRejectBand/low", "/overall/falseRejectBand/high", "/overall/unjudged", "/overall/good", "/overall/defective",
      "/floor/imageAuroc", "/floor/thumbnailAuroc", "/settings/askedAlpha", "/settings/normals", "/settings/fingerprint",
      "/scores/DENSE_TOP/imageAuroc", "/scores/DENSE_TOP/fused", "/scores/DENSE_TOP/falseRejects", "/scores/DENSE_TOP/good",
      "/scores/DENSE_TOP/falseRejectRate", "/scores/DENSE_TOP/falseRejectBand/high", "/scores/DENSE_TOP/detectionRate", "/reasons/0",
      "/hindsight/chosen/scores", "/hindsight/chosen/imageAuroc", "/hindsight/best/scores", "/hindsight/best/imageAuroc",
      "/hindsight/weighed/0/scores", "/hindsight/weighed/3/imageAuroc", "/light/undisturbed/imageAuroc", "/light/undisturbed/good",
      "/light/disturbed/0/disturbance", "/light/disturbed/0/good", "/light/disturbed/0/falseRejects", "/light/disturbed/0/heldOut",
      "/light/disturbed/0/heldOutRejects", "/light/disturbed/0/defective", "/light/disturbed/0/imageAuroc", "/light/disturbed/0/aurocLoss",
      "/light/disturbed/0/weak", "/classes/contamination/imageAuroc", "/classes/contamination/averagePrecision",
      "/classes/contamination/detectionRate", "/classes/contamination/pixelAuroc", "/classes/contamination/aupro",
      "/classes/contamination/defective", "/training/steps", "/training/seconds", "/training/curve/0/step",
      "/training/curve/0/elapsedSeconds", "/training/curve/0/loss", "/training/curve/0/accuracy", "/stagesSeconds/train",
      "/timingsMillis/decode", "/timingsMillis/encode", "/timingsMillis/score", "/timingsMillis/heatMap", "/host/cores", "/host/jvm",
      "/host/software/Kerf", "/cases/0/image", "/cases/0/verdict", "/cases/0/score"})
  void everyPathThatScriptsReadIsThere(String path) throws Exception {
    JsonNode node = new ObjectMapper().readTree(ReportJson.write(result)).at(path);
    assertThat(node.isValueNode() && !node.isNull()).isTrue();
  }

  @Test
  void aFigureThatDoesNotExistIsNull() throws Exception {
    JsonNode report = new ObjectMapper().readTree(ReportJson.write(result));
    assertThat(report.at("/classes").get("broken <small> & \"odd\"").get("pixelAuroc").isNull()).isTrue();
    assertThat(report.at("/cases").get(83).get("score").isNull()).isTrue();
    assertThat(report.at("/cases").get(83).get("reason").textValue()).isEqualTo("too-dark");
  }

  @Test
  void whatWasWrittenReadsBackTheSame(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.json");
    ReportJson.write(result, file);
    assertThat(ReportJson.read(file)).isEqualTo(result);
  }
}
