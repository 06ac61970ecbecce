package io.kerf.station.output;

import io.kerf.config.document.GpioSettings.Edge;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What the kernel takes and gives, byte by byte: {@code linux/gpio.h}, ABI v2, the same on all 64-bit machines. */
final class GpioStructs {
  /** {@code GPIO_V2_GET_LINE_IOCTL}, {@code GPIO_V2_LINE_SET_VALUES_IOCTL}. */
  static final long GET_LINE = 0xc250b407L;
  static final long SET_VALUES = 0xc010b40fL;

  /** {@code struct gpio_v2_line_request}. */
  static final int REQUEST_BYTES = 592;
  static final int REQUEST_FD = 588;
  private static final int REQUEST_CONSUMER = 256;
  private static final int REQUEST_FLAGS = 288;
  private static final int REQUEST_ATTRIBUTES = 296;
  private static final int REQUEST_FIRST_ATTRIBUTE = 320;
  private static final int REQUEST_LINES = 560;
  private static final int ATTRIBUTE_VALUE = 8;
  private static final int ATTRIBUTE_MASK = 16;
  private static final int OUTPUT_VALUES = 2;
  private static final int DEBOUNCE = 3;

  /** {@code struct gpio_v2_line_event}. */
  static final int EVENT_BYTES = 48;

  private static final long ACTIVE_LOW = 1 << 1;
  private static final long INPUT = 1 << 2;
  private static final long OUTPUT = 1 << 3;
  private static final long RISING = 1 << 4;
  private static final long FALLING = 1 << 5;
  private static final short READABLE = 1;
  private static final String CONSUMER = "kerf";

  private GpioStructs() {}

  /** A request for lines out, all of them inactive. */
  static byte[] out(int[] offsets, boolean activeLow) {
    ByteBuffer request = request(offsets, OUTPUT | (activeLow ? ACTIVE_LOW : 0));
    attribute(request, OUTPUT_VALUES, 0, (1L << offsets.length) - 1);
    return request.array();
  }

  /** A request for one line in. */
  static byte[] in(int offset, Edge edge, Duration debounce) {
    ByteBuffer request = request(new int[] {offset}, INPUT | (edge == Edge.RISING ? RISING : FALLING));
    if (!debounce.isZero()) {
      attribute(request, DEBOUNCE, debounce.toNanos() / 1000, 1);
    }
    return request.array();
  }

  private static ByteBuffer request(int[] offsets, long flags) {
    ByteBuffer request = ByteBuffer.allocate(REQUEST_BYTES).order(ByteOrder.nativeOrder());
    for (int i = 0; i < offsets.length; i++) {
      request.putInt(i * Integer.BYTES, offsets[i]);
    }
    request.put(REQUEST_CONSUMER, CONSUMER.getBytes(StandardCharsets.US_ASCII));
    return request.putLong(REQUEST_FLAGS, flags).putInt(REQUEST_LINES, offsets.length);
  }

  private static void attribute(ByteBuffer request, int id, long value, long mask) {
    request.putInt(REQUEST_ATTRIBUTES, 1).putInt(REQUEST_FIRST_ATTRIBUTE, id).putLong(REQUEST_FIRST_ATTRIBUTE + ATTRIBUTE_VALUE, value)
        .putLong(REQUEST_FIRST_ATTRIBUTE + ATTRIBUTE_MASK, mask);
  }

  /** The file that a request was answered with. */
  static int file(byte[] request) {
    return ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).getInt(REQUEST_FD);
  }

  /** {@code struct gpio_v2_line_values}. */
  static byte[] values(long active, int lines) {
    return ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.nativeOrder()).putLong(active).putLong((1L << lines) - 1).array();
  }

  /** {@code struct pollfd}, waiting for something to read. */
  static byte[] waitingFor(int file) {
    return ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(file).putShort(READABLE).array();
  }

  /** When an event was, by {@code CLOCK_MONOTONIC}, which is what {@link System#nanoTime()} reads on Linux. */
  static long at(byte[] event) {
    return ByteBuffer.wrap(event).order(ByteOrder.nativeOrder()).getLong(0);
  }
}
