package io.kerf.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.encoder.DjlEncoder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.model.ActiveModels;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Normals;
import io.kerf.training.SyntheticParts;
import io.kerf.training.TrainingOrder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a frame but the database: real decoder, encoder, density and calibration. */
class InspectionPipelineTest {
  private static final String RECIPE = "disc";

  @TempDir
  private static Path folder;
  private static ActiveModels models;
  private static String digest;

  private record Kept(Inspection inspection, byte[] image, Optional<byte[]> heatMap) {}

  private final List<Kept> kept = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger asked = new AtomicInteger();
  private InspectionPipeline pipeline;

  @BeforeAll
  static void learn() throws Exception {
    BundleStore store = new BundleStore(folder.resolve("models"));
    List<Path> good = SyntheticParts.good(folder.resolve("good"), 60, 1);
    LearningSettings settings = LearningSettings.of(TrainingOrder.pooled(64, new Length.Untrained(), 3, 1), 0.1, DjlEncoder.ONNX_RUNTIME);
    digest = LearningJob.of(settings, Clock.systemUTC(), event -> {}).learn(Normals.independent(good.subList(0, 40), good.subList(40, 60)), RECIPE, store,
        folder.resolve("job")).digest();
    store.activate(digest, new Change("test", ""), Instant.EPOCH);
    models = new ActiveModels(recipe -> recipe.equals(RECIPE) ? store : new BundleStore(folder.resolve("none")), DjlEncoder.ONNX_RUNTIME, 1);
    models.refresh(RECIPE);
  }

  @AfterAll
  static void close() {
    models.close();
  }

  @BeforeEach
  void wire() {
    kept.clear();
    pipeline = new InspectionPipeline(new ImageDecoder(ImageLimits.DEFAULT), models, (i, image, heat) -> kept.add(new Kept(i, image, heat)),
        () -> UUID.randomUUID().toString(), () -> new StationMark("press-4", Optional.of("document-" + asked.incrementAndGet())));
  }

  private static Frame frame(byte[] image, String recipe) {
    return new Frame(image, recipe, Optional.of("P-1"), Optional.of("L-1"), "test", Instant.EPOCH);
  }

  @Test
  void aVerdictNamesItsStationTheDocumentInForceAndItsEngineAskedOnceForEachFrame() throws Exception {
    Inspection inspection = pipeline.inspect(frame(Files.readAllBytes(SyntheticParts.good(folder.resolve("marked"), 1, 5).get(0)), RECIPE));
    assertThat(inspection.mark()).isEqualTo(new StationMark("press-4", Optional.of("document-1"))).isEqualTo(kept.get(0).inspection().mark());
    assertThat(inspection.judgement().orElseThrow().engine()).contains(DjlEncoder.ONNX_RUNTIME);
    assertThat(asked).hasValue(1);
  }

  @Test
  void aBadPartIsNgOnRecordWithItsHeatMapAndItsBundle() throws Exception {
    byte[] image = Files.readAllBytes(SyntheticParts.bad(folder.resolve("bad"), 1, 7).get(0));
    Inspection inspection = pipeline.inspect(frame(image, RECIPE));
    assertThat(inspection.verdict()).isEqualTo(Verdict.NG);
    assertThat(inspection.judgement()).hasValueSatisfying(j -> {
      assertThat(j.bundle()).isEqualTo(digest);
      assertThat(j.score()).isGreaterThan(j.threshold());
      assertThat(j.pValue()).isLessThanOrEqualTo(0.1);
    });
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).image()).isSameAs(image);
    BufferedImage heat = ImageIO.read(new ByteArrayInputStream(kept.get(0).heatMap().orElseThrow()));
    assertThat(heat.getWidth()).isEqualTo(64);
    assertThat(inspection.timings().totalMillis()).isGreaterThanOrEqualTo(inspection.timings().encodeMillis());
  }

  @Test
  void withoutAModelAPartIsUnjudgedAndOnRecord() throws Exception {
    Inspection inspection = pipeline.inspect(frame(Files.readAllBytes(folder.resolve("good/000.png")), "other"));
    assertThat(inspection.verdict()).isEqualTo(Verdict.UNJUDGED);
    assertThat(inspection.reason()).hasValueSatisfying(r -> assertThat(r.code()).isEqualTo("no-model"));
    assertThat(kept).hasSize(1);
  }

  @Test
  void aBlackImageIsUnjudgedNotOk() throws Exception {
    BufferedImage black = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    assertThat(pipeline.inspect(frame(png(black), RECIPE)).reason()).hasValueSatisfying(r -> assertThat(r.code()).isEqualTo("too-dark"));
    Graphics2D graphics = black.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 64, 64);
    assertThat(pipeline.inspect(frame(png(black), RECIPE)).verdict()).isEqualTo(Verdict.UNJUDGED);
  }

  private static byte[] png(BufferedImage image) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  void bytesThatAreNoImageAreRefusedAndNotRecorded() {
    for (String recipe : List.of(RECIPE, "other")) {
      assertThatThrownBy(() -> pipeline.inspect(frame("no image".getBytes(), recipe)))
          .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NOT_AN_IMAGE));
    }
    assertThat(kept).isEmpty();
  }

  @Test
  void theSameImageScoresTheSameFromManyThreads() throws Exception {
    byte[] image = Files.readAllBytes(folder.resolve("good/001.png"));
    double expected = pipeline.inspect(frame(image, RECIPE)).judgement().orElseThrow().score();
    IntStream.range(0, 60).parallel().forEach(
        i -> assertThat(pipeline.inspect(frame(image, RECIPE)).judgement().orElseThrow().score()).isEqualTo(expected));
    assertThat(kept).hasSize(61);
  }
}
