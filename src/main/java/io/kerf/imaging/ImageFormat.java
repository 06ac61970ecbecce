package io.kerf.imaging;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The image formats this station reads, told apart by the first bytes and never by a name or a content type. */
public enum ImageFormat {
  JPEG,
  PNG,
  BMP,
  TIFF;

  private static final String WHAT_TO_DO = " Send JPEG, PNG, BMP or TIFF.";

  /**
   * The format of encoded bytes.
   *
   * @throws FaultException {@link Fault#IMAGE_UNSUPPORTED} naming what the bytes seem to be, or {@link Fault#NOT_AN_IMAGE}
   */
  static ImageFormat of(byte[] bytes) {
    if (starts(bytes, 0, 0xFF, 0xD8)) {
      return JPEG;
    }
    if (starts(bytes, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
      return PNG;
    }
    if (starts(bytes, 0, 'I', 'I', 42, 0) || starts(bytes, 0, 'M', 'M', 0, 42)) {
      return TIFF;
    }
    if (starts(bytes, 0, 'B', 'M')) {
      return BMP;
    }
    Optional<String> other = otherKind(bytes);
    if (other.isPresent()) {
      throw new FaultException(Fault.IMAGE_UNSUPPORTED, "The image seems to be " + other.get() + ", which this station does not read." + WHAT_TO_DO);
    }
    throw new FaultException(Fault.NOT_AN_IMAGE, "The first of " + bytes.length + " bytes are those of no known image format." + WHAT_TO_DO);
  }

  private static Optional<String> otherKind(byte[] bytes) {
    if (text(bytes, 0, 4).equals("GIF8")) {
      return Optional.of("GIF");
    }
    if (text(bytes, 0, 4).equals("RIFF") && text(bytes, 8, 4).equals("WEBP")) {
      return Optional.of("WebP");
    }
    if (text(bytes, 0, 4).equals("%PDF")) {
      return Optional.of("PDF");
    }
    if (starts(bytes, 0, 'I', 'I', 43, 0) || starts(bytes, 0, 'M', 'M', 0, 43)) {
      return Optional.of("BigTIFF");
    }
    if (text(bytes, 4, 4).equals("ftyp")) {
      return Optional.of(isoMediaKind(text(bytes, 8, 4)));
    }
    if (text(bytes, 4, 4).equals("jP  ") || starts(bytes, 0, 0xFF, 0x4F, 0xFF, 0x51)) {
      return Optional.of("JPEG 2000");
    }
    if (text(bytes, 4, 4).equals("JXL ") || starts(bytes, 0, 0xFF, 0x0A)) {
      return Optional.of("JPEG XL");
    }
    if (text(bytes, 0, 4).equals("8BPS")) {
      return Optional.of("a Photoshop document");
    }
    if (text(bytes, 128, 4).equals("DICM")) {
      return Optional.of("DICOM");
    }
    if (text(bytes, 0, 2).matches("P[1-7]") && bytes.length > 2 && Character.isWhitespace(bytes[2])) {
      return Optional.of("a Netpbm image (PBM, PGM, PPM)");
    }
    if (starts(bytes, 0, 'P', 'K', 3, 4)) {
      return Optional.of("a ZIP archive");
    }
    String head = text(bytes, 0, 256).stripLeading().toLowerCase(Locale.ROOT);
    return head.startsWith("<svg") || head.startsWith("<?xml") && head.contains("<svg") ? Optional.of("SVG") : Optional.empty();
  }

  private static String isoMediaKind(String brand) {
    return switch (brand) {
      case "heic", "heix", "hevc", "heim", "heis", "mif1", "msf1" -> "HEIC";
      case "avif", "avis" -> "AVIF";
      default -> "a video";
    };
  }

  private static boolean starts(byte[] bytes, int offset, int... expected) {
    if (bytes.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[offset + i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] bytes, int offset, int length) {
    if (offset >= bytes.length) {
      return "";
    }
    return new String(Arrays.copyOfRange(bytes, offset, Math.min(bytes.length, offset + length)), StandardCharsets.ISO_8859_1);
  }
}
