package io.kerf.cli;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.kerf.encoder.DjlEncoder;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Preprocessing;
import io.kerf.inspection.Frame;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.InspectionPipeline;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.store.EvidenceFolder;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.model.ActiveModels;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.Manifest;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.DataFolder;
import io.kerf.training.LearningSettings;
import io.kerf.training.LearningJob;
import io.kerf.training.Length;
import io.kerf.training.Lesson;
import io.kerf.training.Normals;
import io.kerf.training.TrainingOrder;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.flywaydb.core.Flyway;

/** The inspection pipeline with its store in a temporary data folder, and the same encoder bare in ONNX Runtime, one thread each. */
final class InspectionBench implements AutoCloseable {
  private static final String RECIPE = "bench";
  private static final int NORMALS = 48;

  private final Path folder;
  private final ActiveModels models;
  private final AgroalDataSource database;
  private final InspectionPipeline pipeline;
  private final OrtSession session;
  private final OnnxTensor input;
  private final byte[] jpeg;
  private final List<Timings> timings = new ArrayList<>();

  private InspectionBench(Path folder, ActiveModels models, AgroalDataSource database, InspectionPipeline pipeline, OrtSession session, OnnxTensor input,
      byte[] jpeg) {
    this.folder = folder;
    this.models = models;
    this.database = database;
    this.pipeline = pipeline;
    this.session = session;
    this.input = input;
    this.jpeg = jpeg;
  }

  static InspectionBench open(int sizePx) throws IOException, OrtException, SQLException {
    Path folder = Files.createTempDirectory("kerf-bench");
    DataFolder data = new DataFolder(folder).open();
    List<Path> parts = parts(Files.createDirectories(folder.resolve("parts")), sizePx);
    BundleStore store = new BundleStore(data.models(RECIPE));
    TrainingOrder order = TrainingOrder.of(Lesson.dense(), Preprocessing.ofSize(sizePx), new Length.Steps(1), 1, 1);
    LearningSettings settings = LearningSettings.of(order, 0.1, DjlEncoder.ONNX_RUNTIME);
    Normals normals = Normals.independent(parts.subList(0, NORMALS / 2), parts.subList(NORMALS / 2, NORMALS));
    String digest = LearningJob.of(settings, Clock.systemUTC(), event -> {}).learn(normals, RECIPE, store, data.staging().resolve("job")).digest();
    store.activate(digest, new Change("bench", ""), Clock.systemUTC().instant());
    ActiveModels models = new ActiveModels(recipe -> store, DjlEncoder.ONNX_RUNTIME, 1);
    models.refresh(RECIPE);
    AgroalDataSource database = pool(data);
    InspectionPipeline pipeline = new InspectionPipeline(new ImageDecoder(ImageLimits.DEFAULT), models, store(database, data), new InspectionIds(Clock.systemUTC(), new Random(1), Optional.empty())::next,
        () -> StationMark.UNKNOWN);
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    OrtSession session = OrtEnvironment.getEnvironment().createSession(store.folder().resolve(digest).resolve(Manifest.ENCODER_ONNX).toString(), options);
    return new InspectionBench(folder, models, database, pipeline, session, input(sizePx), Files.readAllBytes(parts.get(0)));
  }

  private static InspectionStore store(AgroalDataSource source, DataFolder data) {
    Flyway.configure().dataSource(source).load().migrate();
    return new InspectionStore(source, new EvidenceFolder(data.evidence()), recorded -> {});
  }

  /** Pooled as in the station: opening a connection costs more than the rest of a record. */
  static AgroalDataSource pool(DataFolder data) throws SQLException {
    String url = "jdbc:sqlite:" + data.database() + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=5000&foreign_keys=true";
    return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
        .connectionPoolConfiguration(pool -> pool.maxSize(2).connectionFactoryConfiguration(factory -> factory.jdbcUrl(url))));
  }

  private static OnnxTensor input(int sizePx) throws OrtException {
    FloatBuffer values = ByteBuffer.allocateDirect(12 * sizePx * sizePx).order(ByteOrder.nativeOrder()).asFloatBuffer();
    Random random = new Random(1);
    while (values.hasRemaining()) {
      values.put((float) random.nextGaussian());
    }
    values.flip();
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, new long[] {1, 3, sizePx, sizePx});
  }

  private static List<Path> parts(Path folder, int sizePx) throws IOException {
    List<Path> files = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < NORMALS; i++) {
      BufferedImage image = new BufferedImage(sizePx, sizePx, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setPaint(new GradientPaint(0, 0, new Color(90 + random.nextInt(40), 90, 80), sizePx, sizePx, new Color(200, 190, 170 + random.nextInt(40))));
      graphics.fillRect(0, 0, sizePx, sizePx);
      for (int line = 0; line < 200; line++) {
        graphics.setColor(new Color(random.nextInt(0x1000000)));
        graphics.drawOval(random.nextInt(sizePx), random.nextInt(sizePx), random.nextInt(sizePx / 4), random.nextInt(sizePx / 4));
      }
      graphics.dispose();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "jpg", bytes);
      files.add(Files.write(folder.resolve(i + ".jpg"), bytes.toByteArray()));
    }
    return files;
  }

  /** Decode to stored verdict, heat map included. @return seconds */
  double inspect(int count) {
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      timings.add(pipeline.inspect(new Frame(jpeg, RECIPE, Optional.empty(), Optional.empty(), "bench", Clock.systemUTC().instant())).timings());
    }
    return (System.nanoTime() - began) / 1e9;
  }

  /** Median milliseconds of each stage of the inspections so far. */
  void printStages(PrintWriter out) {
    out.printf(Locale.ROOT, "stages, median ms: decode and frame %.2f, encode %.2f, score %.2f, heat map %.2f, record %.2f%n", median(Timings::decodeMillis),
        median(Timings::encodeMillis), median(Timings::scoreMillis), median(Timings::heatMapMillis), median(Timings::recordMillis));
    out.flush();
  }

  private double median(ToDoubleFunction<Timings> stage) {
    return timings.stream().mapToDouble(stage).sorted().toArray()[timings.size() / 2];
  }

  /** The encoder alone, its input already in place. @return seconds */
  double forward(int count) throws OrtException {
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      session.run(Map.of("image", input)).close();
    }
    return (System.nanoTime() - began) / 1e9;
  }

  @Override
  public void close() throws OrtException, IOException {
    input.close();
    session.close();
    models.close();
    database.close();
    AtomicFiles.deleteTree(folder);
  }
}
