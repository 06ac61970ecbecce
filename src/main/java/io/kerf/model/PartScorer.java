package io.kerf.model;

import io.kerf.density.ActivationMap;
import io.kerf.density.Density;
import io.kerf.density.LocalDensity;
import io.kerf.density.MapStatistic;
import io.kerf.density.ScoreKind;
import io.kerf.density.Thumbnails;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.Encoding;
import io.kerf.encoder.FeatureMap;
import io.kerf.storage.Tensor;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * From what an encoder says of a part to its scores and maps. Immutable; safe for many threads.
 *
 * <p>Which scores it gives follows from what it was made of: one for each density, and those of the dense head where the encoder has one.
 */
public final class PartScorer {
  private static final String LOCAL_PREFIX = ScoreKind.LOCAL.label() + "/";

  private final Map<ScoreKind, Density> densities;
  private final Optional<LocalDensity> local;

  /** @param densities of {@link ScoreKind#POOLED}, {@link ScoreKind#STATISTICS} and {@link ScoreKind#THUMBNAIL}, as many as there are */
  public PartScorer(Map<ScoreKind, Density> densities, Optional<LocalDensity> local) {
    this.densities = Collections.unmodifiableMap(new EnumMap<>(densities));
    this.local = local;
  }

  /** What is read off one part: a number for each score, and a map of one channel for each {@link HeatSource}. */
  public record Reading(Map<ScoreKind, Double> scores, Map<HeatSource, FeatureMap> maps) {}

  /**
   * Reads a part.
   *
   * @param planes {@code [3, heightPx, widthPx]}, standardised: what the encoder saw
   */
  public Reading read(Encoding encoding, float[] planes, int widthPx, int heightPx) {
    Map<ScoreKind, Double> scores = new EnumMap<>(ScoreKind.class);
    Map<HeatSource, FeatureMap> maps = new EnumMap<>(HeatSource.class);
    densities.forEach((kind, density) -> scores.put(kind, density.score(vector(kind, encoding, planes, widthPx, heightPx))));
    local.ifPresent(density -> {
      float[] oddness = density.oddness(encoding.vector(EncoderOutput.LOCAL));
      scores.put(ScoreKind.LOCAL, MapStatistic.TOP.of(oddness));
      maps.put(HeatSource.LOCAL, new FeatureMap(oddness, 1, density.height(), density.width()));
    });
    if (encoding.has(EncoderOutput.DENSE)) {
      FeatureMap dense = encoding.get(EncoderOutput.DENSE);
      scores.put(ScoreKind.DENSE_TOP, MapStatistic.TOP.of(dense.values()));
      scores.put(ScoreKind.DENSE_MEAN, logit(meanProbability(dense.values())));
      scores.put(ScoreKind.DENSE_MAX, MapStatistic.MAX.of(dense.values()));
      maps.put(HeatSource.DENSE, dense);
    }
    if (maps.isEmpty() && densities.containsKey(ScoreKind.POOLED) && encoding.has(EncoderOutput.FEATURES)) {
      FeatureMap features = encoding.get(EncoderOutput.FEATURES);
      float[] gradient = densities.get(ScoreKind.POOLED).gradient(encoding.vector(EncoderOutput.EMBEDDING));
      maps.put(HeatSource.ACTIVATION, new FeatureMap(ActivationMap.of(gradient, features.values(), features.height(), features.width()), 1,
          features.height(), features.width()));
    }
    return new Reading(scores, maps);
  }

  /** What a density of that kind is a density of. */
  public static float[] vector(ScoreKind kind, Encoding encoding, float[] planes, int widthPx, int heightPx) {
    return switch (kind) {
      case POOLED -> encoding.vector(EncoderOutput.EMBEDDING);
      case STATISTICS -> encoding.vector(EncoderOutput.STATISTICS);
      case THUMBNAIL -> Thumbnails.of(planes, widthPx, heightPx);
      case LOCAL, DENSE_TOP, DENSE_MEAN, DENSE_MAX -> throw new IllegalArgumentException(kind + " is read off a map");
    };
  }

  /** Mean of σ(z): a few certain places count, many doubtful ones hardly. */
  private static double meanProbability(float[] logits) {
    double sum = 0;
    for (float z : logits) {
      sum += 1 / (1 + Math.exp(-z));
    }
    return sum / logits.length;
  }

  private static double logit(double share) {
    double within = Math.max(1e-9, Math.min(1 - 1e-9, share));
    return Math.log(within / (1 - within));
  }

  /** How odd each place is; empty where places are not compared. */
  public Optional<LocalDensity> local() {
    return local;
  }

  /** The densities in words, one line each. */
  public Map<ScoreKind, String> descriptions() {
    Map<ScoreKind, String> all = new EnumMap<>(ScoreKind.class);
    densities.forEach((kind, density) -> all.put(kind, density.description()));
    local.ifPresent(density -> all.put(ScoreKind.LOCAL, density.description()));
    return all;
  }

  /** Everything it takes to rebuild it, under the label of each score. */
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    densities.forEach((kind, density) -> density.tensors().forEach((name, tensor) -> all.put(kind.label() + "/" + name, tensor)));
    local.ifPresent(density -> density.tensors().forEach((name, tensor) -> all.put(LOCAL_PREFIX + name, tensor)));
    return all;
  }

  /** @throws io.kerf.fault.FaultException as {@link Density#fromTensors} */
  static PartScorer fromTensors(Map<String, Tensor> tensors) {
    Map<ScoreKind, Density> densities = new EnumMap<>(ScoreKind.class);
    for (ScoreKind kind : ScoreKind.values()) {
      Map<String, Tensor> own = under(kind.label() + "/", tensors);
      if (!own.isEmpty() && kind != ScoreKind.LOCAL) {
        densities.put(kind, Density.fromTensors(own));
      }
    }
    Map<String, Tensor> places = under(LOCAL_PREFIX, tensors);
    return new PartScorer(densities, places.isEmpty() ? Optional.empty() : Optional.of(LocalDensity.fromTensors(places)));
  }

  private static Map<String, Tensor> under(String prefix, Map<String, Tensor> tensors) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      if (name.startsWith(prefix)) {
        own.put(name.substring(prefix.length()), tensor);
      }
    });
    return own;
  }
}
