package io.kerf.station.plans;

import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Where the bindings of TensorRT keep links to the libraries that they found: they go on with these links whatever the system has by now, so each release of
 * the board's software has a folder of its own.
 */
public final class NativeLibraries {
  /** Read by JavaCPP when it first loads anything. */
  private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
  private static final Logger LOG = Logger.getLogger(NativeLibraries.class);

  private NativeLibraries() {}

  /** Sets the folder, unless a person did, and deletes those of other releases. @param folder of all of them */
  public static void keepIn(Path folder, String jetsonLinux) {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    Path own = folder.resolve(jetsonLinux);
    System.setProperty(PROPERTY, own.toString());
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        for (Path other : (Iterable<Path>) all.filter(place -> !place.equals(own))::iterator) {
          AtomicFiles.deleteTree(other);
        }
      } catch (IOException e) {
        LOG.warnf("Links to libraries of before could not be deleted: %s", e.getMessage());
      }
    }
  }

  /** As options of another JVM that is to use the same. */
  public static List<String> asOptions() {
    String set = System.getProperty(PROPERTY);
    return set == null ? List.of() : List.of("-D" + PROPERTY + "=" + set);
  }
}
