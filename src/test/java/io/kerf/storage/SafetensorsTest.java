package io.kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private static Map<String, Tensor> sample() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv1.weight", new Tensor(new long[] {2, 3}, new float[] {1, -2, 3.5f, 0, Float.MIN_VALUE, 1e30f}));
    tensors.put("count", Tensor.scalar(7));
    return tensors;
  }

  @Test
  void whatIsWrittenIsReadBackInOrder() {
    Map<String, Tensor> read = Safetensors.read(Safetensors.write(sample(), Map.of("format", "pt")), "test");
    assertThat(read.keySet()).containsExactly("conv1.weight", "count");
    assertThat(read.get("conv1.weight").shape()).containsExactly(2, 3);
    assertThat(read.get("conv1.weight").values()).containsExactly(sample().get("conv1.weight").values());
    assertThat(read.get("count").shape()).isEmpty();
    assertThat(read.get("count").values()).containsExactly(7);
  }

  /** A file is read piece by piece: here two whole pieces and a rest. */
  @Test
  void aFileIsReadAsItsBytesAre(@TempDir Path folder) throws IOException {
    float[] many = new float[40_000];
    Random random = new Random(3);
    for (int i = 0; i < many.length; i++) {
      many[i] = random.nextFloat();
    }
    Map<String, Tensor> tensors = sample();
    tensors.put("many", new Tensor(new long[] {many.length}, many));
    Path file = Files.write(folder.resolve("weights.safetensors"), Safetensors.write(tensors, Map.of()));
    Map<String, Tensor> read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactly("conv1.weight", "count", "many");
    assertThat(read.get("many").values()).isEqualTo(many);
    assertThat(read.get("conv1.weight").values()).containsExactly(sample().get("conv1.weight").values());
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100_000));
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(FaultException.class).hasMessageContaining("many does not lie within the file");
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("none"))).isInstanceOf(FaultException.class).hasMessageContaining("cannot be read");
  }

  @Test
  void theHeaderIsPaddedToEightBytesAsTheFormatAsks() {
    byte[] bytes = Safetensors.write(sample(), Map.of());
    assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8).isZero();
  }

  @Test
  void otherNumberTypesAreRead() {
    // numpy.float16([1.5, -0.00006104]) = 3e00 8400; bfloat16 of 1.5 is the upper half of its float32, 3fc0.
    String header = "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[4,6]},"
        + "\"i\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[6,14]},\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[14,22]}}";
    ByteBuffer data = ByteBuffer.allocate(8 + header.length() + 22).order(ByteOrder.LITTLE_ENDIAN);
    data.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    data.putShort((short) 0x3e00).putShort((short) 0x8400).putShort((short) 0x3fc0).putLong(42).putDouble(0.1);
    Map<String, Tensor> read = Safetensors.read(data.array(), "test");
    assertThat(read.get("h").values()).containsExactly(1.5f, -6.103515625e-5f);
    assertThat(read.get("b").values()).containsExactly(1.5f);
    assertThat(read.get("i").values()).containsExactly(42f);
    assertThat(read.get("d").values()).containsExactly(0.1f);
  }

  @Test
  void damagedBytesAreRefusedByNameAndNeverReadOutOfBounds() {
    byte[] whole = Safetensors.write(sample(), Map.of());
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      if (i % 2 == 1) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        Safetensors.read(damaged, "weights.safetensors");
      } catch (FaultException e) {
        assertThat(e.fault()).isEqualTo(Fault.WEIGHTS_INVALID);
        assertThat(e.detail()).contains("weights.safetensors");
      }
    }
  }

  @Test
  void anImpossibleShapeIsRefused() {
    String header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}";
    ByteBuffer data = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    data.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Safetensors.read(data.array(), "x")).isInstanceOf(FaultException.class).hasMessageContaining("impossible shape");
  }
}
