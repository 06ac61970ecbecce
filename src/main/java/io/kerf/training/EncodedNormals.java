package io.kerf.training;

import io.kerf.density.ScoreKind;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.Encoding;
import io.kerf.encoder.FeatureMap;
import io.kerf.imaging.ImageQuality;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.model.PartScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * What a model learns its densities from: every good part as the encoder sees it, those the encoder has learnt from first.
 *
 * <p>Maps are large (a quarter of a megabyte at 256 px), so of the learnt parts only {@value #LOCAL_PARTS} keep theirs, chosen by the seed; the
 * held-out ones all do.
 */
final class EncodedNormals {
  private static final int LOCAL_PARTS = 256;

  private final Map<ScoreKind, float[][]> vectors = new EnumMap<>(ScoreKind.class);
  private final FeatureMap[] local;
  private final List<ImageQuality> qualities;
  private final int[] folds;
  private final int[] withMaps;

  private EncodedNormals(int count, int[] folds, long seed) {
    this.folds = folds;
    withMaps = chosen(folds, seed);
    local = new FeatureMap[count];
    qualities = new ArrayList<>();
  }

  /** @param kinds of the scores whose vectors are wanted */
  static EncodedNormals of(Normals normals, Encoder encoder, Preprocessing preprocessing, List<ScoreKind> kinds, long seed) {
    List<View> views = new ArrayList<>();
    List<Integer> folds = new ArrayList<>();
    // Where views stand in for held-out parts they are not learnt from as well.
    boolean further = normals.few() && !normals.viewsOnly();
    add(views, folds, normals.fit().stream().map(View::asTaken).toList(), i -> -1, further);
    add(views, folds, normals.heldOut(), i -> normals.folds()[i], further);
    EncodedNormals encoded = new EncodedNormals(views.size(), folds.stream().mapToInt(Integer::intValue).toArray(), seed);
    kinds.forEach(kind -> encoded.vectors.put(kind, new float[views.size()][]));
    boolean[] keepsMap = new boolean[views.size()];
    Arrays.stream(encoded.withMaps).forEach(i -> keepsMap[i] = true);
    ImageQuality[] measured = new ImageQuality[views.size()];
    IntStream.range(0, views.size()).parallel().forEach(i -> {
      Picture framed = views.get(i).framed(preprocessing);
      measured[i] = ImageQuality.of(framed);
      Encoding encoding = encode(framed, encoder, preprocessing);
      encoded.vectors.forEach((kind, rows) -> rows[i] = PartScorer.vector(kind, encoding, framed.planes(), framed.width(), framed.height()));
      encoded.local[i] = keepsMap[i] && encoding.has(EncoderOutput.LOCAL) ? encoding.get(EncoderOutput.LOCAL) : null;
    });
    encoded.qualities.addAll(IntStream.range(0, views.size()).filter(i -> encoded.folds[i] < 0).mapToObj(i -> measured[i]).toList());
    return encoded;
  }

  /** Adds parts, and where they are few further views of each, in the fold of the part. */
  private static void add(List<View> views, List<Integer> folds, List<View> parts, IntUnaryOperator fold, boolean few) {
    for (int i = 0; i < parts.size(); i++) {
      for (int number = parts.get(i).number(); number <= (few ? View.PER_PART : parts.get(i).number()); number++) {
        views.add(new View(parts.get(i).image(), number));
        folds.add(fold.applyAsInt(i));
      }
    }
  }

  private static int[] chosen(int[] folds, long seed) {
    List<Integer> learnt = new ArrayList<>(IntStream.range(0, folds.length).filter(i -> folds[i] < 0).boxed().toList());
    Collections.shuffle(learnt, new Random(seed));
    IntStream some = learnt.stream().limit(LOCAL_PARTS).mapToInt(Integer::intValue);
    return IntStream.concat(some, IntStream.range(0, folds.length).filter(i -> folds[i] >= 0)).sorted().toArray();
  }

  /** What the encoder says of a framed picture, whose values are standardised in place. */
  static Encoding encode(Picture framed, Encoder encoder, Preprocessing preprocessing) {
    preprocessing.standardise(framed.planes());
    return encoder.encode(framed.width(), framed.height(), framed.planes())[0];
  }

  /** One row per part. */
  float[][] vectors(ScoreKind kind) {
    return vectors.get(kind);
  }

  /** For each part −1 where the encoder has learnt from it, else its fold. */
  int[] folds() {
    return folds;
  }

  boolean hasLocal() {
    return local[withMaps[0]] != null;
  }

  /** Maps of the parts that keep theirs; {@link #localFolds} says whose they are. */
  FeatureMap[] localMaps() {
    return Arrays.stream(withMaps).mapToObj(i -> local[i]).toArray(FeatureMap[]::new);
  }

  int[] localFolds() {
    return Arrays.stream(withMaps).map(i -> folds[i]).toArray();
  }

  /** Exposure and focus of the learnt parts. */
  List<ImageQuality> qualities() {
    return qualities;
  }
}
