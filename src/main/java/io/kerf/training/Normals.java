package io.kerf.training;

import io.kerf.density.HeldOutSplit;
import io.kerf.density.HeldOutSplit.Earlier;
import io.kerf.density.NearDuplicates;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Fit;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Photometric;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The good parts, split once into those that are learnt from and those that only the calibration sees.
 *
 * <p>Only parts that nobody picked by their score may calibrate. What a station collects by itself is well inside by the model of its time: a
 * threshold that counted it would move inwards with every round, and reject more of what is good. So collected parts are learnt from, and some
 * of them kept back to see whether a model still accepts them, but they do not calibrate.
 *
 * @param fit learnt from, by encoder and density
 * @param heldOut not seen by the encoder; the densities see them but where they are scored: those that calibrate first, then those kept back
 * @param calibrating how many of {@code heldOut} calibrate
 * @param folds for each of {@code heldOut}: those of one fold are scored by densities that have seen none of the fold. What belongs together
 *     is in one fold
 */
public record Normals(List<Path> fit, List<View> heldOut, int calibrating, int[] folds) {
  /** More folds cost time and gain little. */
  private static final int MOST_FOLDS = 5;

  /** Every held-out part is its own; they are dealt to the folds in turn. */
  public static Normals independent(List<Path> fit, List<Path> heldOut) {
    return new Normals(fit, heldOut.stream().map(View::asTaken).toList(), heldOut.size(), IntStream.range(0, heldOut.size()).map(i -> i % MOST_FOLDS).toArray());
  }

  /** Nothing is held out for good: all of {@code others} are scored, near-duplicates of each other by densities that have seen none of them. */
  static Normals scoring(List<Path> fit, List<Path> others, long seed) {
    int[] clusters = NearDuplicates.clusters(others.stream().parallel().map(Normals::signature).toList(), seed);
    return new Normals(fit, others.stream().map(View::asTaken).toList(), others.size(), dealt(clusters));
  }

  /** With fewer than this none is held out: views of the parts stand in, which say how one part's pictures differ, not how parts do. */
  public static final int FEWEST_TO_HOLD_OUT = 4;

  /** With fewer than this the densities learn views of the parts besides. */
  private static final int FEW = 16;

  private static final int SIGNATURE_PX = 32;

  /**
   * @param group what belongs together and must stay on one side of the split: a lot, a sequence, a tile
   * @param earlier where it was when the model before was made
   * @param picked whether it was chosen by what a model said of it, so that it must not calibrate
   */
  public record GoodPart(Path image, Optional<String> group, Earlier earlier, boolean picked) {
    /** One that no model has seen. */
    public GoodPart(Path image, Optional<String> group) {
      this(image, group, Earlier.NEW, false);
    }
  }

  /**
   * Splits by group where the parts have one, and keeps near-duplicates together in any case.
   *
   * @throws FaultException {@link Fault#TOO_FEW_NORMALS} without parts, or the fault of an image that cannot be read, naming it
   */
  public static Normals split(List<GoodPart> parts, double falseRejectBudget, long seed) {
    if (parts.isEmpty()) {
      throw new FaultException(Fault.TOO_FEW_NORMALS, "There are no good parts; one is needed to learn anything, some dozen to calibrate, and some hundred"
          + " to do it well. Add images of good parts.");
    }
    if (parts.size() < FEWEST_TO_HOLD_OUT) {
      return viewed(parts.stream().map(GoodPart::image).toList());
    }
    List<float[]> signatures = parts.stream().parallel().map(part -> signature(part.image())).toList();
    List<String> groups = parts.stream().map(part -> part.group().orElse("")).toList();
    int wanted = HeldOutSplit.heldOutCount(parts.size(), falseRejectBudget);
    HeldOutSplit split = HeldOutSplit.of(signatures, groups, parts.stream().map(GoodPart::earlier).toList(), wanted, seed);
    int[] folds = dealt(split.clusters());
    int[] order = IntStream.range(0, folds.length).boxed().sorted(Comparator.comparing((Integer i) -> parts.get(split.heldOut()[i]).picked)).mapToInt(i -> i).toArray();
    int[] heldOut = Arrays.stream(order).map(i -> split.heldOut()[i]).toArray();
    int calibrating = (int) Arrays.stream(heldOut).filter(i -> !parts.get(i).picked).count();
    return new Normals(pick(parts, split.fit()), pick(parts, heldOut).stream().map(View::asTaken).toList(), calibrating, Arrays.stream(order).map(i -> folds[i]).toArray());
  }

  /** All are learnt from; views of them are scored by densities that have not seen the view, but its part. */
  private static Normals viewed(List<Path> parts) {
    List<View> views = parts.stream().flatMap(part -> IntStream.rangeClosed(1, View.PER_PART).mapToObj(number -> new View(part, number))).toList();
    return new Normals(parts, views, views.size(), IntStream.range(0, views.size()).map(i -> i % MOST_FOLDS).toArray());
  }

  /** Whether no good part is held out, only views of those that are learnt from: then nothing can be promised of other parts. */
  public boolean viewsOnly() {
    return heldOut.stream().allMatch(view -> view.number() > 0);
  }

  /** Different parts that calibrate: what a false-reject budget can be shown by. */
  public int partsHeldOut() {
    return viewsOnly() ? (int) heldOut.stream().map(View::image).distinct().count() : calibrating;
  }

  /** The held-out images, in their order. */
  public List<Path> images() {
    return heldOut.stream().map(View::image).toList();
  }

  /** Whether parts are so few that the densities learn views of them besides. */
  boolean few() {
    return fit.size() + partsHeldOut() < FEW;
  }

  /** Clusters to folds, each to the fold that has the fewest parts so far; the largest first. */
  private static int[] dealt(int[] clusters) {
    int count = Arrays.stream(clusters).max().orElse(-1) + 1;
    int[] sizes = new int[count];
    Arrays.stream(clusters).forEach(cluster -> sizes[cluster]++);
    int[] parts = new int[Math.min(MOST_FOLDS, count)];
    int[] foldOf = new int[count];
    IntStream.range(0, count).boxed().sorted((a, b) -> Integer.compare(sizes[b], sizes[a])).forEach(cluster -> {
      int smallest = IntStream.range(0, parts.length).boxed().min((a, b) -> Integer.compare(parts[a], parts[b])).orElseThrow();
      foldOf[cluster] = smallest;
      parts[smallest] += sizes[cluster];
    });
    return Arrays.stream(clusters).map(cluster -> foldOf[cluster]).toArray();
  }

  private static List<Path> pick(List<GoodPart> parts, int[] indices) {
    List<Path> picked = new ArrayList<>();
    Arrays.stream(indices).forEach(i -> picked.add(parts.get(i).image()));
    return picked;
  }

  /** A standardised grey thumbnail: near-duplicates are close in it whatever the light. */
  private static float[] signature(Path file) {
    Preprocessing thumbnail = Preprocessing.square(SIGNATURE_PX, Fit.SQUASH, Optional.empty(), Photometric.perImage());
    Picture framed = thumbnail.frame(read(file, thumbnail));
    float[] planes = framed.planes();
    thumbnail.standardise(planes);
    float[] grey = new float[SIGNATURE_PX * SIGNATURE_PX];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (planes[i] + planes[i + grey.length] + planes[i + 2 * grey.length]) / 3;
    }
    return grey;
  }

  static Picture read(Path file, Preprocessing preprocessing) {
    return read(file, preprocessing.neededShortSidePx());
  }

  /** Decodes a file of a folder of good parts. @param shortSidePx that is needed. @throws FaultException naming the file */
  public static Picture read(Path file, int shortSidePx) {
    try {
      return new ImageDecoder(ImageLimits.DEFAULT).decode(Files.readAllBytes(file), shortSidePx).picture();
    } catch (FaultException e) {
      throw new FaultException(e.fault(), file + ": " + e.detail(), e);
    } catch (IOException e) {
      throw new FaultException(Fault.NOT_FOUND, file + " cannot be read: " + e + ". Check that it is still there.", e);
    }
  }
}
