package io.kerf.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.training.worker.RandomEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlEncoderTest {
  private static final int SIZE = 32;
  private static final Set<EncoderOutput> OUTPUTS = EnumSet.of(EncoderOutput.EMBEDDING, EncoderOutput.FEATURES);

  @TempDir
  private static Path folder;

  @BeforeAll
  static void export() throws Exception {
    RandomEncoder.write(folder, OUTPUTS, 1);
  }

  private static float[] image(long seed) {
    Random random = new Random(seed);
    float[] values = new float[3 * SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] embedding(Encoder encoder, float[] image) {
    return encoder.encode(SIZE, SIZE, image)[0].vector(EncoderOutput.EMBEDDING);
  }

  @Test
  void aBatchGivesWhatSingleCallsGive() {
    float[][] images = IntStream.range(0, 37).mapToObj(DjlEncoderTest::image).toArray(float[][]::new);
    try (Encoder encoder = DjlEncoder.load(folder, OUTPUTS, DjlEncoder.ONNX_RUNTIME, 1)) {
      Encoding[] batch = encoder.encode(SIZE, SIZE, images);
      for (int i = 0; i < images.length; i++) {
        assertThat(batch[i].vector(EncoderOutput.EMBEDDING)).containsExactly(embedding(encoder, images[i]), within(1e-4f));
      }
    }
  }

  @Test
  void concurrentCallsDoNotMixTheirImages() {
    float[][] images = IntStream.range(0, 8).mapToObj(DjlEncoderTest::image).toArray(float[][]::new);
    try (Encoder encoder = DjlEncoder.load(folder, OUTPUTS, DjlEncoder.ONNX_RUNTIME, 1)) {
      float[][] expected = IntStream.range(0, 8).mapToObj(i -> embedding(encoder, images[i])).toArray(float[][]::new);
      IntStream.range(0, 400).parallel().forEach(
          i -> assertThat(embedding(encoder, images[i % 8])).containsExactly(expected[i % 8]));
    }
  }

  @Test
  void fiveThousandInferencesDoNotGrowTheProcess() {
    float[] image = image(1);
    try (Encoder encoder = DjlEncoder.load(folder, OUTPUTS, DjlEncoder.ONNX_RUNTIME, 1)) {
      for (int i = 0; i < 1500; i++) {
        encoder.encode(SIZE, SIZE, image);
      }
      // One input is 12 kB and one output 4 kB: a leak of either would show as 60 or 20 MB. The median of three rounds, since in one of them the
      // heap may be resized; a leak grows in all.
      assertThat(IntStream.range(0, 3).mapToLong(round -> growth(encoder, image)).sorted().skip(1).findFirst().orElseThrow()).isLessThan(16L << 20);
    }
  }

  private static long growth(Encoder encoder, float[] image) {
    System.gc();
    long before = residentBytes();
    for (int i = 0; i < 5000; i++) {
      encoder.encode(SIZE, SIZE, image);
    }
    System.gc();
    return residentBytes() - before;
  }

  private static long residentBytes() {
    try {
      return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aMissingModelAndAnUnknownEngineAreSaidInOneSentence() {
    assertThatThrownBy(() -> DjlEncoder.load(folder.resolve("nothing"), OUTPUTS, DjlEncoder.ONNX_RUNTIME, 1))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENGINE_UNAVAILABLE));
    assertThatThrownBy(() -> DjlEncoder.load(folder, OUTPUTS, "Abacus", 1))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENGINE_UNAVAILABLE)).hasMessageContaining("Abacus");
  }

  @Test
  void anImageOfAnotherSizeIsRefused() {
    try (Encoder encoder = DjlEncoder.load(folder, OUTPUTS, DjlEncoder.ONNX_RUNTIME, 1)) {
      assertThatThrownBy(() -> encoder.encode(SIZE, SIZE, new float[7])).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
