package io.kerf.imaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The file and bitmap header of a BMP, checked against the length of the file. */
final class BmpHeader implements Header {
  private static final int FILE_HEADER = 14;
  private static final int CORE_HEADER = 12;

  private final ByteBuffer bytes;
  private final int headerBytes;
  private final long width;
  private final long height;
  private final int bits;
  private final int compression;

  private BmpHeader(ByteBuffer bytes) {
    this.bytes = bytes;
    headerBytes = bytes.getInt(FILE_HEADER);
    boolean core = headerBytes == CORE_HEADER;
    width = core ? bytes.getShort(18) & 0xFFFF : bytes.getInt(18);
    height = core ? bytes.getShort(20) & 0xFFFF : Math.abs((long) bytes.getInt(22));
    bits = bytes.getShort(core ? 24 : 28);
    compression = core ? 0 : bytes.getInt(30);
  }

  static BmpHeader of(byte[] bytes) {
    if (bytes.length < FILE_HEADER + 40) {
      throw Header.truncated(ImageFormat.BMP);
    }
    BmpHeader header = new BmpHeader(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    if (header.headerBytes != CORE_HEADER && (header.headerBytes < 40 || header.headerBytes > 124) || header.width < 1) {
      throw Header.damaged(ImageFormat.BMP, "its header is none of a BMP");
    }
    return header;
  }

  @Override
  public ImageFormat format() {
    return ImageFormat.BMP;
  }

  @Override
  public long storedWidthPx() {
    return width;
  }

  @Override
  public long storedHeightPx() {
    return height;
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  @Override
  public void check() {
    if (bits != 1 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32) {
      throw Header.damaged(ImageFormat.BMP, "it says it has " + bits + " bits per pixel");
    }
    if (compression < 0 || compression > 3) {
      throw Header.unsupported("a BMP of compression " + compression, "an uncompressed BMP");
    }
    boolean core = headerBytes == CORE_HEADER;
    long colours = core ? 0 : bytes.getInt(46) & 0xFFFFFFFFL;
    if (colours > 1L << Math.min(bits, 24)) {
      throw Header.damaged(ImageFormat.BMP, "its palette is impossibly long");
    }
    long offset = bytes.getInt(10) & 0xFFFFFFFFL;
    if (offset < FILE_HEADER + headerBytes) {
      throw Header.damaged(ImageFormat.BMP, "its pixels begin inside its header");
    }
    boolean runLength = compression == 1 || compression == 2;
    long imageBytes = runLength ? runLengthBytes(offset) : (width * bits + 31) / 32 * 4 * height;
    if (offset + imageBytes > bytes.capacity()) {
      throw Header.truncated(ImageFormat.BMP);
    }
  }

  private long runLengthBytes(long offset) {
    long said = bytes.getInt(34) & 0xFFFFFFFFL;
    return said > 0 ? said : (bytes.getInt(2) & 0xFFFFFFFFL) - offset;
  }
}
