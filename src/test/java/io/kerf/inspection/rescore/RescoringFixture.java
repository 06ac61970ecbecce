package io.kerf.inspection.rescore;

import io.kerf.encoder.DjlEncoder;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.inspection.Frame;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.InspectionPipeline;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.store.EvidenceFolder;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.model.ActiveModels;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.storage.DataFolder;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import io.kerf.training.SyntheticParts;
import io.kerf.training.TrainingOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/** A data folder as a station leaves it, with real bundles and parts that its pipeline judged. */
public final class RescoringFixture implements AutoCloseable {
  public static final String RECIPE = "disc";
  public static final StationMark MARK = new StationMark("press-4", Optional.of("d0c"));
  public static final Instant MORNING = Instant.parse("2026-01-02T06:00:00Z");

  public final DataFolder folder;
  public final BundleStore bundles;
  public final InspectionStore store;
  final ActiveModels models;
  private final InspectionPipeline pipeline;

  public RescoringFixture(Path root) throws Exception {
    folder = new DataFolder(root);
    Files.createDirectories(folder.evidence());
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.database() + "?journal_mode=WAL&synchronous=NORMAL");
    Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    bundles = new BundleStore(folder.models(RECIPE));
    store = new InspectionStore(source, new EvidenceFolder(folder.evidence()), recorded -> {});
    models = new ActiveModels(recipe -> new BundleStore(folder.models(recipe)), DjlEncoder.ONNX_RUNTIME, 1);
    InspectionIds ids = new InspectionIds(Clock.systemUTC(), new Random(1), Optional.empty());
    pipeline = new InspectionPipeline(new ImageDecoder(ImageLimits.DEFAULT), models, store, ids::next,
        () -> MARK);
  }

  /** Learns a bundle from discs that are as they should be, or from those with a bar: then these are the good ones. @return its digest */
  public static String learn(BundleStore into, Path work, boolean bar) throws IOException {
    List<Path> files = bar ? SyntheticParts.bad(work.resolve("bar"), 30, 1) : SyntheticParts.good(work.resolve("good"), 30, 1);
    List<GoodPart> parts = files.stream().map(file -> new GoodPart(file, Optional.empty())).toList();
    LearningSettings settings = LearningSettings.of(TrainingOrder.pooled(64, new Length.Untrained(), 3, 1), 0.2, DjlEncoder.ONNX_RUNTIME);
    return LearningJob.of(settings, Clock.systemUTC(), event -> {}).learn(Normals.split(parts, 0.2, 3), RECIPE, into, work.resolve("job" + bar)).digest();
  }

  /** A copy of bundles that were learnt once for many tests. */
  public void copyBundles(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = bundles.folder().resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  public void use(String digest) {
    models.activate(RECIPE, digest, new Change("test", ""));
  }

  /** Judges a part as the line does. @param minute of its capture, from {@link #MORNING} */
  public Inspection judge(byte[] image, int minute, String lot) {
    return pipeline.inspect(new Frame(image, RECIPE, Optional.of("P-" + minute), Optional.of(lot), "test", MORNING.plusSeconds(60L * minute)));
  }

  @Override
  public void close() {
    models.close();
  }
}
