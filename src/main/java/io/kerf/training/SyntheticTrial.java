package io.kerf.training;

import io.kerf.density.ScoreKind;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.Encoding;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.pretext.UnseenDefect;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Paints unseen defects on held-out good parts and looks which scores see them. */
final class SyntheticTrial {
  /** Parts a kind of defect is tried on; more would take as long as the training of a short lesson. */
  private static final int MOST_PARTS = 48;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final Normals normals;
  private final Encoder encoder;
  private final Preprocessing preprocessing;
  private final long seed;

  SyntheticTrial(Normals normals, Encoder encoder, Preprocessing preprocessing, long seed) {
    this.normals = normals;
    this.encoder = encoder;
    this.preprocessing = preprocessing;
    this.seed = seed;
  }

  /** A scorer on trial. @param heldOut what it gives the untouched held-out parts, in their order */
  record Contestant(CrossFittedScorer scorer, Map<ScoreKind, double[]> heldOut) {}

  /** One evidence for each contestant, all on the same defects. */
  List<SyntheticEvidence> run(List<Contestant> contestants) {
    int parts = Math.min(MOST_PARTS, normals.heldOut().size());
    UnseenDefect[] defects = UnseenDefect.values();
    List<List<Map<ScoreKind, Double>>> scored = IntStream.range(0, parts * defects.length).parallel()
        .mapToObj(i -> scores(contestants, i / defects.length * normals.heldOut().size() / parts, defects[i % defects.length])).toList();
    return IntStream.range(0, contestants.size()).mapToObj(c -> {
      Map<ScoreKind, double[]> good = contestants.get(c).heldOut();
      Map<UnseenDefect, Map<ScoreKind, double[]>> defective = new EnumMap<>(UnseenDefect.class);
      for (UnseenDefect defect : defects) {
        Map<ScoreKind, double[]> byKind = new EnumMap<>(ScoreKind.class);
        good.keySet().forEach(kind -> byKind.put(kind, IntStream.range(0, parts)
            .mapToDouble(part -> scored.get(part * defects.length + defect.ordinal()).get(c).get(kind)).toArray()));
        defective.put(defect, byKind);
      }
      return new SyntheticEvidence(good, defective);
    }).toList();
  }

  private List<Map<ScoreKind, Double>> scores(List<Contestant> contestants, int part, UnseenDefect defect) {
    Picture framed = normals.heldOut().get(part).framed(preprocessing);
    SplittableRandom random = new SplittableRandom(seed + GOLDEN * (part * (long) UnseenDefect.values().length + defect.ordinal() + 1));
    float[] painted = defect.paintOn(framed.planes(), framed.width(), framed.height(), random);
    preprocessing.standardise(painted);
    Encoding encoding = encoder.encode(framed.width(), framed.height(), painted)[0];
    return contestants.stream().map(c -> c.scorer.withoutFold().get(normals.folds()[part]).read(encoding, painted, framed.width(), framed.height()).scores())
        .toList();
  }
}
