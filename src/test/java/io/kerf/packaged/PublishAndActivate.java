package io.kerf.packaged;

import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** What a station does with a model it has made: publishes it from its staging folder and uses it. A program of its own, to be killed. */
final class PublishAndActivate {
  private PublishAndActivate() {}

  /** @param arguments the data folder, and a models folder with the one bundle to publish */
  public static void main(String[] arguments) throws IOException {
    try (DataFolder folder = new DataFolder(Path.of(arguments[0])).open()) {
      BundleStore.Listed made = new BundleStore(Path.of(arguments[1])).list().get(0);
      BundleStore store = new BundleStore(folder.models("default"));
      Path job = Files.createDirectories(folder.staging().resolve("job"));
      try (Stream<Path> files = Files.list(Path.of(arguments[1], made.digest()))) {
        for (Path file : (Iterable<Path>) files.filter(f -> !f.endsWith("manifest.json"))::iterator) {
          Files.createLink(job.resolve(file.getFileName().toString()), file);
        }
      }
      store.activate(store.publish(job, made.manifest()), new Change("ann", "better"), Instant.now());
    }
  }
}
