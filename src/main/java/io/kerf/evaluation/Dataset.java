package io.kerf.evaluation;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A data set in MVTec's layout: {@code train/good/*}, {@code test/<class>/*}, {@code ground_truth/<class>/<name>_mask.png}, and
 * optionally {@code MANIFEST.csv}. Class {@value LabelledImage#GOOD} is the parts without a defect; a class without any masks is fine.
 *
 * @param name of the folder
 * @param train good parts to learn from; empty where the set only tests
 * @param test good and defective parts, by class and name
 */
public record Dataset(String name, Path folder, List<LabelledImage> train, List<LabelledImage> test) {
  static final String TRAIN = "train";
  static final String TEST = "test";
  static final String GROUND_TRUTH = "ground_truth";
  private static final String MASK_SUFFIX = "_mask.png";
  private static final int MAX_PROBLEMS_SHOWN = 10;

  public Dataset {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /**
   * Reads the folder's structure; no image is opened.
   *
   * @throws FaultException {@link Fault#DATASET_INVALID} with every problem found at once
   */
  public static Dataset read(Path folder) {
    if (!Files.isDirectory(folder)) {
      refuse(folder, List.of("it is not a folder"));
    }
    List<String> problems = new ArrayList<>();
    Manifest manifest = Manifest.read(folder, problems);
    List<LabelledImage> train = train(folder, manifest, problems);
    List<LabelledImage> test = test(folder, manifest, problems);
    refuse(folder, problems);
    return new Dataset(folder.toAbsolutePath().normalize().getFileName().toString(), folder, train, test);
  }

  /**
   * The good parts to learn from.
   *
   * @throws FaultException {@link Fault#NO_IMAGES} where the set only tests
   */
  public List<LabelledImage> normals() {
    if (train.isEmpty()) {
      throw new FaultException(Fault.NO_IMAGES, folder + " has no images in train/good, so there is nothing to learn from. "
          + "Add good parts there, or name a bundle that has already learnt.");
    }
    return train;
  }

  /**
   * The same set with fewer good parts to learn from: some drawn at random, in their order. The same seed draws the same, and fewer of the
   * same draw where fewer are asked for.
   *
   * @throws FaultException {@link Fault#TOO_FEW_NORMALS} where there are not so many
   */
  public Dataset drawn(int normals, long seed) {
    if (normals > train.size()) {
      throw new FaultException(Fault.TOO_FEW_NORMALS, name + " has " + train.size() + " good parts to learn from, so " + normals
          + " cannot be drawn. Ask for fewer.");
    }
    List<LabelledImage> shuffled = new ArrayList<>(train);
    Collections.shuffle(shuffled, new Random(seed));
    Set<LabelledImage> some = new HashSet<>(shuffled.subList(0, normals));
    return new Dataset(name, folder, train.stream().filter(some::contains).toList(), test);
  }

  /** Names of the defects in the test images, sorted. */
  public List<String> defectClasses() {
    return test.stream().filter(LabelledImage::defective).map(LabelledImage::defectClass).distinct().sorted().toList();
  }

  /** Throws {@link Fault#DATASET_INVALID} where there are problems. */
  static void refuse(Path folder, List<String> problems) {
    if (problems.isEmpty()) {
      return;
    }
    List<String> shown = problems.subList(0, Math.min(MAX_PROBLEMS_SHOWN, problems.size()));
    String more = problems.size() > shown.size() ? "; and " + (problems.size() - shown.size()) + " more" : "";
    throw new FaultException(Fault.DATASET_INVALID, folder + " cannot be used: " + String.join("; ", shown) + more
        + ". A data set has train/good, test/<class> and, where masks exist, ground_truth/<class>/<name>_mask.png.");
  }

  private static List<LabelledImage> train(Path folder, Manifest manifest, List<String> problems) {
    Path good = folder.resolve(TRAIN).resolve(LabelledImage.GOOD);
    if (!Files.isDirectory(good)) {
      if (Files.isDirectory(folder.resolve(TRAIN))) {
        problems.add("train has no folder good");
      }
      return List.of();
    }
    return ImageFiles.in(good).stream()
        .map(image -> new LabelledImage(image, LabelledImage.GOOD, false, Optional.empty(), manifest.group(folder, image)))
        .toList();
  }

  private static List<LabelledImage> test(Path folder, Manifest manifest, List<String> problems) {
    Path testFolder = folder.resolve(TEST);
    if (!Files.isDirectory(testFolder)) {
      problems.add("there is no folder test");
      return List.of();
    }
    List<LabelledImage> all = new ArrayList<>();
    for (Path classFolder : foldersIn(testFolder)) {
      all.addAll(testClass(folder, classFolder, manifest, problems));
    }
    if (all.isEmpty() && problems.isEmpty()) {
      problems.add("test has no folder with images");
    }
    return all;
  }

  private static List<LabelledImage> testClass(Path folder, Path classFolder, Manifest manifest, List<String> problems) {
    String name = classFolder.getFileName().toString();
    boolean defective = !name.equals(LabelledImage.GOOD);
    List<LabelledImage> images = ImageFiles.in(classFolder).stream()
        .map(image -> new LabelledImage(image, name, defective, defective ? mask(folder, name, image, manifest) : Optional.empty(),
            manifest.group(folder, image)))
        .toList();
    if (images.isEmpty()) {
      problems.add("test/" + name + " holds no images");
    }
    if (defective) {
      checkMasks(folder, name, images, problems);
    }
    return images;
  }

  private static Optional<Path> mask(Path folder, String defectClass, Path image, Manifest manifest) {
    Optional<Path> listed = manifest.mask(folder, image);
    if (listed.isPresent()) {
      return listed;
    }
    Path expected = folder.resolve(GROUND_TRUTH).resolve(defectClass).resolve(stem(image) + MASK_SUFFIX);
    return Files.isRegularFile(expected) ? Optional.of(expected) : Optional.empty();
  }

  private static void checkMasks(Path folder, String defectClass, List<LabelledImage> images, List<String> problems) {
    Path masks = folder.resolve(GROUND_TRUTH).resolve(defectClass);
    if (!Files.isDirectory(masks)) {
      return;
    }
    Set<Path> used = new HashSet<>();
    for (LabelledImage image : images) {
      image.mask().map(Path::normalize).ifPresent(used::add);
      if (image.mask().isEmpty()) {
        problems.add("test/" + image.name() + " has no mask while others of its class have");
      }
    }
    for (Path mask : ImageFiles.in(masks)) {
      if (!used.contains(mask.normalize())) {
        problems.add("ground_truth/" + defectClass + "/" + mask.getFileName() + " belongs to no image of test/" + defectClass);
      }
    }
  }

  private static String stem(Path image) {
    String name = image.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static List<Path> foldersIn(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).filter(entry -> !entry.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new FaultException(Fault.DATASET_INVALID, folder + " cannot be read (" + e.getClass().getSimpleName()
          + "), so nothing can be evaluated. Check that this user may read it.", e);
    }
  }
}
