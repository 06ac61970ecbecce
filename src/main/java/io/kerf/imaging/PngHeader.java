package io.kerf.imaging;

import io.kerf.fault.FaultException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;

/** The chunks of a PNG (ISO/IEC 15948), checked by their own checksums. */
final class PngHeader implements Header {
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504C5445;
  private static final int TRNS = 0x74524E53;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int ACTL = 0x6163544C;
  private static final int EXIF = 0x65584966;
  private static final int FIRST_CHUNK = 8;

  private final byte[] bytes;
  private final long width;
  private final long height;
  private Orientation orientation = Orientation.UPRIGHT;

  private PngHeader(byte[] bytes) {
    this.bytes = bytes;
    this.width = i32(FIRST_CHUNK + 8) & 0xFFFFFFFFL;
    this.height = i32(FIRST_CHUNK + 12) & 0xFFFFFFFFL;
  }

  static PngHeader of(byte[] bytes) {
    if (bytes.length < FIRST_CHUNK + 16) {
      throw Header.truncated(ImageFormat.PNG);
    }
    PngHeader header = new PngHeader(bytes);
    if (header.i32(FIRST_CHUNK + 4) != IHDR) {
      throw Header.damaged(ImageFormat.PNG, "it does not begin with its header");
    }
    return header;
  }

  @Override
  public ImageFormat format() {
    return ImageFormat.PNG;
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
    return orientation;
  }

  @Override
  public void check() {
    boolean data = false;
    for (int at = FIRST_CHUNK; ; at = next(at)) {
      int type = i32(at + 4);
      int length = length(at);
      if (isEssential(type)) {
        checkSum(at, length);
      }
      data |= type == IDAT;
      if (type == ACTL && length >= 4 && i32(at + 8) > 1) {
        throw Header.unsupported("an animated PNG", "one image per part");
      }
      if (type == EXIF) {
        orientation = TiffDirectory.orientationIn(Arrays.copyOfRange(bytes, at + 8, at + 8 + length));
      }
      if (type == IEND) {
        if (!data) {
          throw Header.damaged(ImageFormat.PNG, "it has no image data");
        }
        return;
      }
    }
  }

  /** The same image without its text, profile and other chunks, which the reader would unpack without a limit. */
  byte[] lean() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    out.write(bytes, 0, FIRST_CHUNK);
    for (int at = FIRST_CHUNK; ; at = next(at)) {
      int type = i32(at + 4);
      if (isEssential(type)) {
        out.write(bytes, at, length(at) + 12);
      }
      if (type == IEND) {
        return out.toByteArray();
      }
    }
  }

  private static boolean isEssential(int type) {
    return type == IHDR || type == PLTE || type == TRNS || type == IDAT || type == IEND;
  }

  private int next(int at) {
    return at + 12 + length(at);
  }

  /** Data length of the chunk at {@code at}, which lies wholly inside the file. */
  private int length(int at) {
    if (at + 12L > bytes.length) {
      throw Header.truncated(ImageFormat.PNG);
    }
    long length = i32(at) & 0xFFFFFFFFL;
    if (length > Integer.MAX_VALUE) {
      throw Header.damaged(ImageFormat.PNG, "a chunk has an impossible length");
    }
    if (at + 12 + length > bytes.length) {
      throw Header.truncated(ImageFormat.PNG);
    }
    return (int) length;
  }

  private void checkSum(int at, int length) throws FaultException {
    CRC32 crc = new CRC32();
    crc.update(bytes, at + 4, length + 4);
    if ((int) crc.getValue() != i32(at + 8 + length)) {
      throw Header.damaged(ImageFormat.PNG, "a checksum does not match");
    }
  }

  private int i32(int at) {
    if (at + 4 > bytes.length) {
      throw Header.truncated(ImageFormat.PNG);
    }
    return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
  }
}
