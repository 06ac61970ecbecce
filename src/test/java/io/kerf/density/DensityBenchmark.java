package io.kerf.density;

import io.kerf.density.DensityOptions.Kind;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one part costs after its encoder: score, gradient, activation map and upsampling, for 512-d embeddings and a map of 8×8.
 *
 * <p>Run with {@code java -cp target/test-classes:target/classes:<test class path> org.openjdk.jmh.Main DensityBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DensityBenchmark {
  private static final int EMBEDDING = 512;

  @Param({"200", "10000"})
  public int normals;

  @Param({"GAUSSIAN-0", "KERNEL-32", "KERNEL-64", "KERNEL-128"})
  public String density;

  private Density fitted;
  private float[] embedding;
  private float[] gradient;
  private float[] features;
  private float[] map;
  private GaussianUpsampling upsampling;

  /** Correlated, mostly positive numbers, as pooled features are. */
  @Setup
  public void fit() {
    Random random = new Random(1);
    float[][] rows = new float[normals][EMBEDDING];
    for (float[] row : rows) {
      float shared = (float) random.nextGaussian();
      for (int c = 0; c < EMBEDDING; c++) {
        row[c] = 1 + 0.05f * shared * (c % 7) + 0.1f * (float) random.nextGaussian() * (1 + c % 13);
      }
    }
    String[] named = density.split("-");
    int dimensions = Math.max(1, Integer.parseInt(named[1]));
    fitted = DensityEstimator.fit(rows, DensityOptions.DEFAULT.withKind(Kind.valueOf(named[0])).withMaxDimensions(dimensions));
    embedding = rows[0].clone();
    embedding[5] += 0.5f;
    gradient = fitted.gradient(embedding);
    features = new float[EMBEDDING * 64];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat();
    }
    upsampling = GaussianUpsampling.of(8, 8, 256, 256);
    map = ActivationMap.of(gradient, features, 8, 8);
  }

  @Benchmark
  public double score() {
    return fitted.score(embedding);
  }

  @Benchmark
  public float[] gradient() {
    return fitted.gradient(embedding);
  }

  @Benchmark
  public float[] activationMap() {
    return ActivationMap.of(gradient, features, 8, 8);
  }

  @Benchmark
  public float[] upsampling() {
    return upsampling.apply(map);
  }
}
