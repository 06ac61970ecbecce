package io.kerf.evaluation;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the image files of a folder by their ending, whatever its case: jpg, jpeg, png, bmp, tif, tiff.
 *
 * <p>Looks into folders up to {@value #MAX_DEPTH} levels below; skips hidden files and folders; never enters a folder through a link
 * and takes a linked file only where it lies inside the folder. Names are sorted, so that the same folder always gives the same list.
 */
final class ImageFiles {
  static final int MAX_DEPTH = 4;
  static final int MAX_IMAGES = 100_000;

  private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "bmp", "tif", "tiff");

  private ImageFiles() {}

  /**
   * @return the images, sorted by their path below {@code folder}; may be empty
   * @throws FaultException {@link Fault#NO_IMAGES} where the folder cannot be read, {@link Fault#DATASET_INVALID} above
   *     {@value #MAX_IMAGES} images
   */
  static List<Path> in(Path folder) {
    try {
      Path root = folder.toRealPath();
      List<Path> found = new ArrayList<>();
      Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH + 1, new Collector(root, found));
      found.sort(Comparator.comparing(image -> root.relativize(image).toString()));
      return found.stream().map(image -> folder.resolve(root.relativize(image))).toList();
    } catch (IOException e) {
      throw new FaultException(Fault.NO_IMAGES,
          "The folder " + folder + " cannot be read (" + e.getClass().getSimpleName() + "), so there is nothing to learn from or to judge. "
              + "Check its name and that this user may read it.", e);
    }
  }

  static boolean isImage(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> found;

    Collector(Path root, List<Path> found) {
      this.root = root;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (isImage(file) && !isHidden(file) && (attributes.isRegularFile() || attributes.isSymbolicLink() && leadsToFileInside(file))) {
        if (found.size() == MAX_IMAGES) {
          throw new FaultException(Fault.DATASET_INVALID, "The folder " + root + " holds more than " + MAX_IMAGES
              + " images, more than are taken at once. Point to a folder with fewer.");
        }
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean leadsToFileInside(Path link) throws IOException {
      return Files.isRegularFile(link) && link.toRealPath().startsWith(root);
    }

    private static boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }
  }
}
