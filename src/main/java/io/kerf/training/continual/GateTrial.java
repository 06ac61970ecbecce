package io.kerf.training.continual;

import io.kerf.density.RocArea;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Picture;
import io.kerf.model.Assessment;
import io.kerf.model.Bundle;
import io.kerf.model.Generation;
import io.kerf.model.PartJudge;
import io.kerf.model.PartJudge.StageClock;
import io.kerf.pretext.Alteration;
import io.kerf.pretext.PretextOptions;
import io.kerf.training.Normals;
import io.kerf.training.continual.GateEvidence.Detection;
import io.kerf.training.continual.GateEvidence.GoldenPart;
import io.kerf.training.normals.GoldenSet.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Shows the same pictures to the model in use and to a candidate: golden parts as they are, held-out good parts untouched and with defects
 * pasted on them at fixed seeds. One model is in memory at a time, on one thread.
 */
final class GateTrial {
  /** Good parts that defects are pasted on; spread evenly over all there are. */
  private static final int MOST_PARTS = 48;
  private static final long SEED = 20240415;
  private static final Map<Alteration, String> DEFECTS = new EnumMap<>(
      Map.of(Alteration.CUTPASTE, "CutPaste", Alteration.CUTPASTE_SCAR, "CutPaste-Scar", Alteration.SCAR, "Scar"));

  private final String engine;
  private final List<Path> parts;
  private final List<Golden> golden;
  private final int shortSidePx;

  /**
   * @param engine DJL's name
   * @param heldOut good parts that neither encoder has learnt from; at least one
   * @param shortSidePx that both models need
   */
  GateTrial(String engine, List<Path> heldOut, List<Golden> golden, int shortSidePx) {
    this.engine = engine;
    int count = Math.min(MOST_PARTS, heldOut.size());
    this.parts = IntStream.range(0, count).mapToObj(i -> heldOut.get((int) ((long) i * heldOut.size() / count))).toList();
    this.golden = golden;
    this.shortSidePx = shortSidePx;
  }

  /** What one model says. @param rejects of the golden parts, by id: whether it says NG */
  record Measured(double[] good, Map<Alteration, double[]> altered, Map<String, Boolean> rejects) {}

  Measured measure(Bundle bundle) throws IOException {
    Generation generation = Generation.open(bundle, engine, 1);
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      PartJudge judge = lease.judge();
      double[] good = new double[parts.size()];
      Map<Alteration, double[]> altered = new EnumMap<>(Alteration.class);
      DEFECTS.keySet().forEach(defect -> altered.put(defect, new double[parts.size()]));
      for (int i = 0; i < good.length; i++) {
        Picture picture = Normals.read(parts.get(i), shortSidePx);
        good[i] = score(judge, picture);
        for (Alteration defect : DEFECTS.keySet()) {
          SplittableRandom random = new SplittableRandom(SEED + 31L * i + defect.ordinal());
          float[] planes = defect.alter(picture.planes(), picture.width(), picture.height(), PretextOptions.DEFAULTS, random).planes();
          altered.get(defect)[i] = score(judge, new Picture(picture.width(), picture.height(), planes));
        }
      }
      Map<String, Boolean> rejects = new LinkedHashMap<>();
      for (Golden part : golden) {
        Picture picture = new ImageDecoder(ImageLimits.DEFAULT).decode(Files.readAllBytes(part.image()), shortSidePx).picture();
        rejects.put(part.id(), judge.assess(picture, StageClock.NONE) instanceof Assessment.Judged judged && judged.rejected());
      }
      return new Measured(good, altered, rejects);
    } finally {
      generation.retire();
    }
  }

  /** What cannot be judged is stopped, so it is odder than anything. */
  private static double score(PartJudge judge, Picture picture) {
    return judge.assess(picture, StageClock.NONE) instanceof Assessment.Judged judged ? judged.score() : Double.POSITIVE_INFINITY;
  }

  List<Detection> detections(Measured active, Measured candidate) {
    return DEFECTS.entrySet().stream().map(defect -> new Detection(defect.getValue(), RocArea.of(active.good, active.altered.get(defect.getKey())),
        RocArea.of(candidate.good, candidate.altered.get(defect.getKey())))).toList();
  }

  List<GoldenPart> golden(Measured active, Measured candidate) {
    return golden.stream().map(part -> new GoldenPart(part.id(), part.truth(), active.rejects.get(part.id()), candidate.rejects.get(part.id()))).toList();
  }
}
