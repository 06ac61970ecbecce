package io.kerf.density;

import io.kerf.density.LocalDensityEstimator.CrossFitted;
import io.kerf.density.LocalDensityEstimator.Kind;
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
 * What one part's oddness map costs, and what it costs to learn from 250 parts in five folds, for 64 channels of 32×32.
 *
 * <p>Run with {@code java -cp target/test-classes:target/classes:<test class path> org.openjdk.jmh.Main LocalDensityBenchmark}.
 */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class LocalDensityBenchmark {
  private static final int CHANNELS = 64;
  private static final int SIDE = 32;
  private static final int PARTS = 250;
  private static final int FOLDS = 5;

  @Param({"PER_LOCATION", "LOCATION_FREE"})
  public Kind kind;

  private float[][] features;
  private int[] folds;
  private LocalDensity fitted;

  /** Mostly zero or positive numbers, of which neighbouring channels and places share a part, as after a rectifier. */
  @Setup
  public void fit() {
    Random random = new Random(1);
    features = new float[PARTS][CHANNELS * SIDE * SIDE];
    folds = new int[PARTS];
    for (int i = 0; i < PARTS; i++) {
      folds[i] = i % FOLDS;
      float[] shared = new float[CHANNELS / 4 * SIDE * SIDE];
      for (int j = 0; j < shared.length; j++) {
        shared[j] = (float) random.nextGaussian();
      }
      for (int j = 0; j < features[i].length; j++) {
        features[i][j] = Math.max(0, 0.5f + 0.7f * shared[j / 4] + 0.3f * (float) random.nextGaussian());
      }
    }
    fitted = learn().density();
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @Warmup(iterations = 3, time = 1)
  @Measurement(iterations = 5, time = 1)
  public float[] oddness() {
    return fitted.oddness(features[7]);
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Measurement(iterations = 3)
  public CrossFitted learn() {
    return LocalDensityEstimator.fit(kind, features, folds, CHANNELS, SIDE, SIDE, 1);
  }
}
