package io.kerf.imaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One image file directory of a TIFF structure (TIFF 6.0, section 2): of a TIFF file, or of the EXIF block of a JPEG or PNG.
 *
 * <p>Only whole numbers (BYTE, SHORT, LONG) are kept. Every entry's values lie inside the structure.
 */
final class TiffDirectory {
  private static final int ORIENTATION = 274;
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private final Map<Integer, long[]> values = new HashMap<>();
  private final long next;

  /**
   * @param data the structure, from its byte-order mark
   * @param at where the directory begins
   * @throws IndexOutOfBoundsException where an entry points outside the structure
   */
  private TiffDirectory(ByteBuffer data, long at) {
    int start = inside(data, at, 2);
    int entries = data.getShort(start) & 0xFFFF;
    inside(data, at + 2, entries * 12L);
    for (int i = 0; i < entries; i++) {
      readEntry(data, start + 2 + i * 12);
    }
    int end = start + 2 + entries * 12;
    next = end + 4 <= data.limit() ? data.getInt(end) & 0xFFFFFFFFL : 0;
  }

  /** The first directory. @throws IndexOutOfBoundsException where it is cut short */
  static TiffDirectory first(byte[] tiff) {
    ByteBuffer data = ordered(tiff);
    return new TiffDirectory(data, data.getInt(inside(data, 4, 4)) & 0xFFFFFFFFL);
  }

  /** The directory after this one. @throws IndexOutOfBoundsException where it is cut short */
  Optional<TiffDirectory> next(byte[] tiff) {
    return next == 0 ? Optional.empty() : Optional.of(new TiffDirectory(ordered(tiff), next));
  }

  /** Orientation in an EXIF block; upright where it has none or is damaged. */
  static Orientation orientationIn(byte[] exif) {
    try {
      return first(exif).orientation();
    } catch (IndexOutOfBoundsException damaged) {
      return Orientation.UPRIGHT;
    }
  }

  Orientation orientation() {
    return Orientation.of(number(ORIENTATION, 1));
  }

  long number(int tag, long absent) {
    long[] found = values.get(tag);
    return found == null || found.length == 0 ? absent : found[0];
  }

  long[] numbers(int tag) {
    return values.getOrDefault(tag, new long[0]);
  }

  boolean has(int tag) {
    return values.containsKey(tag);
  }

  private void readEntry(ByteBuffer data, int at) {
    int tag = data.getShort(at) & 0xFFFF;
    int type = data.getShort(at + 2) & 0xFFFF;
    long count = data.getInt(at + 4) & 0xFFFFFFFFL;
    int size = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 1;
    boolean inline = count * size <= 4;
    int from = inside(data, inline ? at + 8 : data.getInt(at + 8) & 0xFFFFFFFFL, count * size);
    if (type == 1 || type == 3 || type == 4) {
      long[] numbers = new long[(int) count];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = size == 1 ? data.get(from + i) & 0xFF : size == 2 ? data.getShort(from + 2 * i) & 0xFFFF : data.getInt(from + 4 * i) & 0xFFFFFFFFL;
      }
      values.putIfAbsent(tag, numbers);
    }
  }

  private static ByteBuffer ordered(byte[] tiff) {
    boolean little = tiff.length > 1 && tiff[0] == 'I' && tiff[1] == 'I';
    return ByteBuffer.wrap(tiff).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  private static int inside(ByteBuffer data, long at, long length) {
    if (at < 0 || length < 0 || at + length > data.limit()) {
      throw new IndexOutOfBoundsException("bytes " + at + " to " + (at + length) + " of " + data.limit());
    }
    return (int) at;
  }
}
