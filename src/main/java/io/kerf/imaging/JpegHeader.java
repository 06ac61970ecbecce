package io.kerf.imaging;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The markers of a JPEG (ITU-T T.81, annex B), from start of image to end of image. */
final class JpegHeader implements Header {
  /** A baseline file has one scan, a progressive one about ten; each costs a pass over all pixels. */
  private static final int MAX_SCANS = 100;

  private final byte[] bytes;
  private int width;
  private int height;
  private int components;
  private Orientation orientation = Orientation.UPRIGHT;

  private JpegHeader(byte[] bytes) {
    this.bytes = bytes;
  }

  static JpegHeader of(byte[] bytes) {
    JpegHeader header = new JpegHeader(bytes);
    header.readToFrame();
    return header;
  }

  @Override
  public ImageFormat format() {
    return ImageFormat.JPEG;
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

  /** 1 for grey, 3 for colour, 4 for CMYK and YCCK. */
  int components() {
    return components;
  }

  private void readToFrame() {
    int at = 2;
    while (true) {
      at = markerFrom(at);
      int marker = bytes[at - 1] & 0xFF;
      if (isStandalone(marker)) {
        continue;
      }
      if (marker == 0xD9 || marker == 0xDA) {
        throw Header.damaged(ImageFormat.JPEG, "it has no frame header");
      }
      int end = segmentEnd(at);
      if (marker == 0xE1) {
        readExif(at + 2, end);
      }
      if (isFrame(marker)) {
        readFrame(marker, at + 2, end);
        return;
      }
      at = end;
    }
  }

  private void readFrame(int marker, int at, int end) {
    if (end - at < 6) {
      throw Header.damaged(ImageFormat.JPEG, "its frame header is too short");
    }
    if (marker > 0xC2) {
      throw Header.unsupported(marker == 0xC3 ? "a lossless JPEG" : "a JPEG of an uncommon kind (frame marker FF" + Integer.toHexString(marker) + ")",
          "a baseline or progressive JPEG, or PNG");
    }
    int precision = bytes[at] & 0xFF;
    if (precision != 8) {
      throw Header.unsupported("a JPEG of " + precision + " bits", "an 8-bit JPEG, or a 16-bit PNG or TIFF");
    }
    height = u16(at + 1);
    width = u16(at + 3);
    components = bytes[at + 5] & 0xFF;
    if (height == 0) {
      throw Header.unsupported("a JPEG that does not say its height", "a JPEG with its height in the header");
    }
    if (components != 1 && components != 3 && components != 4) {
      throw Header.unsupported("a JPEG of " + components + " components", "grey, colour or CMYK");
    }
  }

  private void readExif(int at, int end) {
    if (end - at > 14 && bytes[at] == 'E' && bytes[at + 1] == 'x' && bytes[at + 2] == 'i' && bytes[at + 3] == 'f') {
      orientation = TiffDirectory.orientationIn(Arrays.copyOfRange(bytes, at + 6, end));
    }
  }

  @Override
  public void check() {
    int at = 2;
    for (int scans = 0; scans <= MAX_SCANS; ) {
      at = markerFrom(at);
      int marker = bytes[at - 1] & 0xFF;
      if (marker == 0xD9) {
        if (scans == 0) {
          throw Header.damaged(ImageFormat.JPEG, "it has no image data");
        }
        return;
      }
      if (isStandalone(marker)) {
        continue;
      }
      at = segmentEnd(at);
      if (marker == 0xDA) {
        scans++;
        at = scanEnd(at);
      }
    }
    throw Header.unsupported("a JPEG of more than " + MAX_SCANS + " scans", "a baseline JPEG");
  }

  /**
   * The same image without what says nothing about its pixels as this station reads them: EXIF, colour profiles, thumbnails, comments.
   * A damaged or hostile one of those then cannot spoil a good image.
   */
  byte[] lean() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    out.write(bytes, 0, 2);
    int at = 2;
    while (true) {
      at = markerFrom(at);
      int marker = bytes[at - 1] & 0xFF;
      if (isStandalone(marker)) {
        continue;
      }
      int end = segmentEnd(at);
      boolean application = marker >= 0xE0 && marker <= 0xEF;
      boolean jfif = marker == 0xE0 && end - at > 6 && bytes[at + 2] == 'J' && bytes[at + 5] == 'F';
      boolean comment = marker == 0xFE;
      if (marker == 0xEE || jfif || !application && !comment) {
        out.write(bytes, at - 2, end - at + 2);
      }
      at = end;
      if (marker == 0xDA) {
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
      }
    }
  }

  /** Position after the next marker; bytes between segments that belong to none are skipped, as every decoder does. */
  private int markerFrom(int at) {
    for (int i = at; i + 1 < bytes.length; i++) {
      int next = bytes[i + 1] & 0xFF;
      if (bytes[i] == (byte) 0xFF && next != 0xFF && next != 0) {
        return i + 2;
      }
    }
    throw Header.truncated(ImageFormat.JPEG);
  }

  private int scanEnd(int at) {
    for (int i = at; i + 1 < bytes.length; i++) {
      if (bytes[i] == (byte) 0xFF) {
        int next = bytes[i + 1] & 0xFF;
        boolean stuffed = next == 0 || next == 0xFF || next >= 0xD0 && next <= 0xD7;
        if (!stuffed) {
          return i;
        }
      }
    }
    throw Header.truncated(ImageFormat.JPEG);
  }

  private int segmentEnd(int at) {
    if (at + 2 > bytes.length) {
      throw Header.truncated(ImageFormat.JPEG);
    }
    int length = u16(at);
    if (length < 2) {
      throw Header.damaged(ImageFormat.JPEG, "a segment has no length");
    }
    if (at + length > bytes.length) {
      throw Header.truncated(ImageFormat.JPEG);
    }
    return at + length;
  }

  private int u16(int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }

  private static boolean isStandalone(int marker) {
    return marker == 0x01 || marker >= 0xD0 && marker <= 0xD8;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC || marker == 0xF7;
  }
}
