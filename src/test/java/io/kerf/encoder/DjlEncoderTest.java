package io.kerf.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.training.worker.RandomEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlEncoderTest {
  private static final int SIZE = 32;

  @TempDir
  private static Path folder;

  @BeforeAll
  static void export() throws Exception {
    RandomEncoder.write(folder, SIZE, 1);
  }

  private static float[] image(long seed) {
    Random random = new Random(seed);
    float[] values = new float[3 * SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void aBatchGivesWhatSingleCallsGive() {
    float[][] images = IntStream.range(0, 37).mapToObj(DjlEncoderTest::image).toArray(float[][]::new);
    try (Encoder encoder = DjlEncoder.load(folder, DjlEncoder.ONNX_RUNTIME, SIZE, 1)) {
      Encoding[] batch = encoder.encode(images);
      for (int i = 0; i < images.length; i++) {
        assertThat(batch[i].embedding()).containsExactly(encoder.encode(images[i])[0].embedding(), within(1e-4f));
      }
    }
  }

  @Test
  void concurrentCallsDoNotMixTheirImages() {
    float[][] images = IntStream.range(0, 8).mapToObj(DjlEncoderTest::image).toArray(float[][]::new);
    try (Encoder encoder = DjlEncoder.load(folder, DjlEncoder.ONNX_RUNTIME, SIZE, 1)) {
      float[][] expected = IntStream.range(0, 8).mapToObj(i -> encoder.encode(images[i])[0].embedding()).toArray(float[][]::new);
      IntStream.range(0, 400).parallel().forEach(
          i -> assertThat(encoder.encode(images[i % 8])[0].embedding()).containsExactly(expected[i % 8]));
    }
  }

  @Test
  void fiveThousandInferencesDoNotGrowTheProcess() throws Exception {
    float[] image = image(1);
    try (Encoder encoder = DjlEncoder.load(folder, DjlEncoder.ONNX_RUNTIME, SIZE, 1)) {
      for (int i = 0; i < 1500; i++) {
        encoder.encode(image);
      }
      System.gc();
      long before = residentBytes();
      for (int i = 0; i < 5000; i++) {
        encoder.encode(image);
      }
      System.gc();
      // One input is 12 kB and one output 4 kB: a leak of either would show as 60 or 20 MB.
      assertThat(residentBytes() - before).isLessThan(16L << 20);
    }
  }

  private static long residentBytes() throws Exception {
    return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
  }

  @Test
  void aMissingModelAndAnUnknownEngineAreSaidInOneSentence() {
    assertThatThrownBy(() -> DjlEncoder.load(folder.resolve("nothing"), DjlEncoder.ONNX_RUNTIME, SIZE, 1))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENGINE_UNAVAILABLE));
    assertThatThrownBy(() -> DjlEncoder.load(folder, "Abacus", SIZE, 1))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENGINE_UNAVAILABLE)).hasMessageContaining("Abacus");
  }

  @Test
  void anImageOfAnotherSizeIsRefused() {
    try (Encoder encoder = DjlEncoder.load(folder, DjlEncoder.ONNX_RUNTIME, SIZE, 1)) {
      assertThatThrownBy(() -> encoder.encode(new float[7])).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
