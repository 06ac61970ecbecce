package io.kerf.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.packaged.PackagedApplication.Ended;
import io.kerf.training.SyntheticParts;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the packaged jar, with its exit code, on pictures made here. */
class CommandLineIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private static Path folder;
  private static Path bundle;

  @BeforeAll
  static void train() throws Exception {
    SyntheticParts.good(folder.resolve("set/train/good"), 60, 1);
    SyntheticParts.good(folder.resolve("set/test/good"), 10, 2);
    SyntheticParts.bad(folder.resolve("set/test/bar"), 10, 3);
    Ended trained = PackagedApplication.run(folder, "train", "set", "--size", "64", "--encoder-only", "random", "--alpha", "10%");
    assertThat(trained.exit()).as(trained.err()).isZero();
    bundle = Path.of(trained.out().strip());
    assertThat(trained.err()).contains("45 to learn from, 15 held out").contains("It is now in use")
        .contains("60 of them joined the normals of recipe default.");
  }

  @Test
  void aTrainedModelIsPublishedBesideTheOneInUse() throws Exception {
    Ended trained = PackagedApplication.run(folder, "train", "set", "--size", "32", "--steps", "6", "--images-per-step", "4", "--alpha", "10%", "--threads", "1");
    assertThat(trained.exit()).as(trained.err()).isZero();
    String digest = Path.of(trained.out().strip()).getFileName().toString();
    assertThat(trained.err()).contains("100 %").contains("Use it with: kerf models activate " + digest.substring(0, 12))
        .contains("0 of them joined the normals of recipe default; the others were there.");
    assertThat(PackagedApplication.run(folder, "models", "show", digest.substring(0, 12)).out()).contains("\"CutPaste natural, 6 steps\"");
  }

  @Test
  void scorePrintsOneJsonLineForEachImageAndWritesHeatMaps() throws Exception {
    Ended scored = PackagedApplication.run(folder, "score", bundle.toString(), "set/test/good/000.png", "set/test/bar/000.png", "--heat-maps", "heat");
    assertThat(scored.exit()).as(scored.err()).isZero();
    List<String> lines = scored.out().strip().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode bad = JSON.readTree(lines.get(1));
    assertThat(bad.path("verdict").asText()).isEqualTo("NG");
    assertThat(bad.path("score").asDouble()).isGreaterThan(bad.path("threshold").asDouble());
    assertThat(bad.path("bundle").asText()).isEqualTo(bundle.getFileName().toString());
    assertThat(folder.resolve("heat")).isDirectoryContaining("glob:**/000.png.heat.png");
  }

  /** ONNX Runtime keeps a queue of what it reports in the user's cache folder; on build servers, told by CI, it does not. */
  @Test
  void nothingIsPutAsideToBeReportedToAnyone() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Map<String, String> user = Map.of("HOME", home.toString(), "XDG_CACHE_HOME", home.resolve("cache").toString(), "CI", "", "ORT_DISABLE_TELEMETRY", "");
    assertThat(PackagedApplication.run(folder, user, "score", bundle.toString(), "set/test/good/000.png").exit()).isZero();
    try (Stream<Path> written = Files.walk(home)) {
      assertThat(written.map(Path::toString)).noneMatch(name -> name.contains("onnxruntime"));
    }
  }

  @Test
  void scoreSaysWhichImageCannotBeReadAndGoesOn() throws Exception {
    Files.write(folder.resolve("garbage.jpg"), "not a picture at all".getBytes());
    Ended scored = PackagedApplication.run(folder, "score", bundle.toString(), "garbage.jpg", "set/test/good/001.png");
    assertThat(scored.exit()).isEqualTo(2);
    List<String> lines = scored.out().strip().lines().toList();
    assertThat(JSON.readTree(lines.get(0)).path("error").asText()).isEqualTo("not-an-image");
    assertThat(JSON.readTree(lines.get(1)).has("verdict")).isTrue();
  }

  @Test
  void evaluateWritesBothReports() throws Exception {
    Ended evaluated = PackagedApplication.run(folder, "evaluate", "set", "--size", "64", "--encoder-only", "random", "--alpha", "10%", "--report", "report");
    assertThat(evaluated.exit()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("floor (random encoder)");
    JsonNode report = JSON.readTree(folder.resolve("report/report.json").toFile());
    assertThat(report.at("/overall/imageAuroc").asDouble()).isBetween(0.9, 1.0);
    assertThat(report.at("/floor/imageAuroc").asDouble()).isEqualTo(report.at("/scores/POOLED/imageAuroc").asDouble());
    assertThat(report.at("/floor/thumbnailAuroc").asDouble()).isEqualTo(report.at("/scores/THUMBNAIL/imageAuroc").asDouble());
    assertThat(report.at("/classes/bar/imageAuroc").isNumber()).isTrue();
    assertThat(report.at("/overall/falseRejectRate").isNumber()).isTrue();
    assertThat(Files.readString(folder.resolve("report/report.html"))).contains("<svg").doesNotContain("src=\"http");
  }

  @Test
  void modelsAreListedShownAndActivated() throws Exception {
    String digest = bundle.getFileName().toString();
    assertThat(PackagedApplication.run(folder, "models", "list").out()).contains("* " + digest.substring(0, 12));
    assertThat(PackagedApplication.run(folder, "models", "show", digest.substring(0, 8)).out()).contains("\"encoder\" : \"random\"");
    assertThat(PackagedApplication.run(folder, "models", "activate", digest.substring(0, 8)).exit()).isZero();
    assertThat(PackagedApplication.run(folder, "models", "history").out()).contains(digest.substring(0, 12) + "  ").contains(": kerf train");
    Ended none = PackagedApplication.run(folder, "models", "rollback");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("no-previous-bundle");
    Ended missing = PackagedApplication.run(folder, "models", "activate", "ffff");
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err()).contains("bundle-not-found");
  }

  @Test
  void foldersThatCannotBeLearntFromAreSaidClearly() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    Ended empty = PackagedApplication.run(folder, "train", "empty");
    assertThat(empty.exit()).isEqualTo(2);
    assertThat(empty.err()).contains("no-images");
    SyntheticParts.good(folder.resolve("one"), 1, 1);
    Ended one = PackagedApplication.run(folder, "train", "one");
    assertThat(one.exit()).isEqualTo(2);
    assertThat(one.err()).contains("budget-too-tight");
    Ended none = PackagedApplication.run(folder, "train", "nowhere");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).doesNotContain("Exception");
  }

  @Test
  void picturesOfMixedSizesAndFormatsAreLearntFromAlike() throws Exception {
    List<Path> parts = SyntheticParts.good(folder.resolve("mixed"), 24, 4);
    for (int i = 0; i < parts.size(); i += 2) {
      BufferedImage small = ImageIO.read(parts.get(i).toFile());
      BufferedImage large = new BufferedImage(160, 120 + i, BufferedImage.TYPE_INT_RGB);
      large.createGraphics().drawImage(small, 0, 0, large.getWidth(), large.getHeight(), null);
      Files.delete(parts.get(i));
      ImageIO.write(large, "jpg", folder.resolve("mixed/large" + i + ".jpg").toFile());
    }
    Ended trained = PackagedApplication.run(folder, "train", "mixed", "--size", "64", "--encoder-only", "random", "--alpha", "20%", "--out", "mixed-models");
    assertThat(trained.exit()).as(trained.err()).isZero();
    assertThat(trained.err()).as("models in a folder of their own have no recipe").doesNotContain("joined the normals");
    Ended scored = PackagedApplication.run(folder, "score", trained.out().strip(), "mixed/large0.jpg", "mixed/001.png");
    assertThat(scored.exit()).as(scored.out()).isZero();
  }

  @Test
  void aWrongOptionIsAnsweredWithWhatWasExpected() throws Exception {
    Ended wrong = PackagedApplication.run(folder, "train", "set", "--budget", "soon");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("'soon' is not a time such as 90s, 5m or 2h");
    assertThat(PackagedApplication.run(folder, "--help").out()).contains("train").contains("evaluate").contains("serve");
    assertThat(PackagedApplication.run(folder, "generate-completion").out()).contains("_complete_kerf");
  }
}
