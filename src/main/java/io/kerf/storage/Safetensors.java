package io.kerf.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format: eight bytes of little-endian header length, a JSON header, then the raw numbers.
 *
 * <p>Writes {@code F32}. Reads {@code F32}, {@code F64}, {@code F16}, {@code BF16} and {@code I64} (torchvision's batch counters) as
 * {@code float32}. Every offset is checked before it is used, so a damaged file is refused and never read out of bounds.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_HEADER_BYTES = 16 << 20;
  private static final long MAX_FILE_BYTES = 1L << 30;
  /** Numbers. Small enough to die young: a whole file's bytes would fill the old generation of a small heap and stop every thread for its collection. */
  private static final int READ_AT_ONCE = 1 << 14;

  private Safetensors() {}

  /** Serialises in the iteration order of {@code tensors}; the same tensors and metadata give the same bytes. */
  public static byte[] write(Map<String, Tensor> tensors, Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      header.set("__metadata__", JSON.valueToTree(metadata));
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
      for (long extent : entry.getValue().shape()) {
        node.withArray("shape").add(extent);
      }
      if (entry.getValue().shape().length == 0) {
        node.putArray("shape");
      }
      long end = offset + 4L * entry.getValue().values().length;
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] head = padded(header.toString());
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(8 + head.length + offset)).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(head.length).put(head);
    for (Tensor tensor : tensors.values()) {
      out.asFloatBuffer().put(tensor.values());
      out.position(out.position() + 4 * tensor.values().length);
    }
    return out.array();
  }

  private static byte[] padded(String header) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    while (out.size() % 8 != 0) {
      out.write(' ');
    }
    return out.toByteArray();
  }

  /**
   * Reads a file.
   *
   * @throws FaultException {@link Fault#WEIGHTS_INVALID} where the file is not readable safetensors
   */
  public static Map<String, Tensor> read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > MAX_FILE_BYTES) {
        throw invalid(file.toString(), "it has " + channel.size() + " bytes, more than the " + MAX_FILE_BYTES + " that are read");
      }
      return read(Source.of(channel), file.toString());
    } catch (IOException e) {
      throw new FaultException(Fault.WEIGHTS_INVALID, "The weights file " + file + " cannot be read: " + e + ". Check its path and permissions.", e);
    }
  }

  /**
   * Reads bytes.
   *
   * @param name of the source, for messages
   * @throws FaultException {@link Fault#WEIGHTS_INVALID} where the bytes are not readable safetensors
   */
  public static Map<String, Tensor> read(byte[] bytes, String name) {
    try {
      return read(Source.of(bytes), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the bytes are. A file is read tensor by tensor: beside its numbers it is never in memory as a whole. */
  private record Source(long size, Bytes bytes) {
    private interface Bytes {
      /** All of them, little-endian. */
      ByteBuffer read(long at, int count) throws IOException;
    }

    static Source of(byte[] all) {
      return new Source(all.length, (at, count) -> ByteBuffer.wrap(all, (int) at, count).slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** What was read is good until the next is read. */
    static Source of(FileChannel channel) throws IOException {
      ByteBuffer reused = ByteBuffer.allocate(Long.BYTES * READ_AT_ONCE);
      return new Source(channel.size(), (at, count) -> {
        ByteBuffer read = (count <= reused.capacity() ? reused.clear().limit(count) : ByteBuffer.allocate(count)).order(ByteOrder.LITTLE_ENDIAN);
        while (read.hasRemaining()) {
          if (channel.read(read, at + read.position()) < 0) {
            throw new EOFException("it ends at byte " + (at + read.position()));
          }
        }
        return read.flip();
      });
    }
  }

  private static Map<String, Tensor> read(Source source, String name) throws IOException {
    if (source.size < 10) {
      throw invalid(name, "it has only " + source.size + " bytes");
    }
    long headLength = source.bytes.read(0, 8).getLong();
    if (headLength < 2 || headLength > MAX_HEADER_BYTES || headLength > source.size - 8) {
      throw invalid(name, "its header claims " + headLength + " bytes");
    }
    JsonNode header = header(source.bytes.read(8, (int) headLength), name);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        tensors.put(field.getKey(), tensor(field.getKey(), field.getValue(), source, 8 + headLength, name));
      }
    }
    return tensors;
  }

  private static JsonNode header(ByteBuffer bytes, String name) {
    try {
      JsonNode header = JSON.readTree(StandardCharsets.UTF_8.decode(bytes).toString());
      if (header == null || !header.isObject()) {
        throw invalid(name, "its header is not a JSON object");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw invalid(name, "its header is not JSON");
    }
  }

  private static Tensor tensor(String key, JsonNode node, Source source, long dataAt, String name) throws IOException {
    JsonNode offsets = node.path("data_offsets");
    long begin = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    Dtype dtype = Dtype.of(node.path("dtype").asText()).orElseThrow(
        () -> invalid(name, "tensor " + key + " has the type " + node.path("dtype").asText() + ", which is not read"));
    long[] shape = new long[node.path("shape").size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path("shape").get(i).asLong(-1);
      if (shape[i] < 0 || shape[i] > MAX_FILE_BYTES || (count *= shape[i]) > MAX_FILE_BYTES) {
        throw invalid(name, "tensor " + key + " has an impossible shape");
      }
    }
    if (begin < 0 || end < begin || end > source.size - dataAt || end - begin != count * dtype.bytes) {
      throw invalid(name, "tensor " + key + " does not lie within the file or does not have the size of its shape");
    }
    float[] values = new float[(int) count];
    for (int from = 0; from < values.length; from += READ_AT_ONCE) {
      int many = Math.min(READ_AT_ONCE, values.length - from);
      ByteBuffer part = source.bytes.read(dataAt + begin + (long) from * dtype.bytes, many * dtype.bytes);
      for (int i = 0; i < many; i++) {
        values[from + i] = dtype.read(part, i * dtype.bytes);
      }
    }
    return new Tensor(shape, values);
  }

  private static FaultException invalid(String name, String why) {
    return new FaultException(Fault.WEIGHTS_INVALID,
        name + " is not a readable safetensors file: " + why + ". Fetch or export it again.");
  }

  private enum Dtype {
    F32(4) {
      @Override
      float read(ByteBuffer data, int at) {
        return data.getFloat(at);
      }
    },
    F64(8) {
      @Override
      float read(ByteBuffer data, int at) {
        return (float) data.getDouble(at);
      }
    },
    F16(2) {
      @Override
      float read(ByteBuffer data, int at) {
        return halfToFloat(data.getShort(at));
      }
    },
    BF16(2) {
      @Override
      float read(ByteBuffer data, int at) {
        return Float.intBitsToFloat(data.getShort(at) << 16);
      }
    },
    I64(8) {
      @Override
      float read(ByteBuffer data, int at) {
        return data.getLong(at);
      }
    };

    final int bytes;

    Dtype(int bytes) {
      this.bytes = bytes;
    }

    abstract float read(ByteBuffer data, int at);

    static java.util.Optional<Dtype> of(String name) {
      return java.util.Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
    }

    /** IEEE 754 binary16; {@code Float.float16ToFloat} came with Java 20. */
    private static float halfToFloat(short half) {
      int sign = (half & 0x8000) << 16;
      int exponent = half >>> 10 & 0x1f;
      int fraction = half & 0x3ff;
      if (exponent == 0) {
        return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign | 0x3f800000));
      }
      int wide = exponent == 0x1f ? 0xff : exponent + 112;
      return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
  }
}
