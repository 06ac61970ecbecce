package io.kerf.training;

import io.kerf.encoder.DjlEncoder;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.training.Normals.GoodPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Two real models of the same parts, learnt in a few seconds, to be put where a test wants them. They hold out ten parts and reject at most 20 % of good ones. */
public final class TwoModels {
  public static final double FALSE_REJECTS = 0.2;

  private final Path models;
  private final Path parts;
  private final String first;
  private final String second;

  private TwoModels(Path models, Path parts, String first, String second) {
    this.models = models;
    this.parts = parts;
    this.first = first;
    this.second = second;
  }

  public static TwoModels learn(Path folder) throws IOException {
    List<GoodPart> good = SyntheticParts.good(folder.resolve("good"), 40, 1).stream().map(file -> new GoodPart(file, Optional.empty())).toList();
    BundleStore made = new BundleStore(folder.resolve("models"));
    return new TwoModels(made.folder(), folder.resolve("good"), learnt(made, good, folder, 3), learnt(made, good, folder, 4));
  }

  private static String learnt(BundleStore made, List<GoodPart> parts, Path folder, long seed) throws IOException {
    LearningSettings settings = LearningSettings.of(TrainingOrder.pooled(64, new Length.Untrained(), seed, 1), FALSE_REJECTS, DjlEncoder.ONNX_RUNTIME);
    return LearningJob.of(settings, Clock.systemUTC(), event -> {}).learn(Normals.split(parts, FALSE_REJECTS, seed), "disc", made, folder.resolve("job" + seed)).digest();
  }

  public String first() {
    return first;
  }

  public String second() {
    return second;
  }

  /** A picture of a good part, PNG. */
  public byte[] part() throws IOException {
    return Files.readAllBytes(parts.resolve("000.png"));
  }

  /** Puts a bundle into a store, in use. */
  public void put(Path store, String digest) throws IOException {
    lay(store, digest);
    new BundleStore(store).activate(digest, new Change("ann", ""), Instant.parse("2026-01-02T03:04:05Z"));
  }

  /** Puts a bundle into a store. */
  public void lay(Path store, String digest) throws IOException {
    Path copy = Files.createDirectories(store.resolve(digest));
    try (Stream<Path> files = Files.list(models.resolve(digest))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
  }
}
