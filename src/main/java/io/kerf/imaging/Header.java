package io.kerf.imaging;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;

/** What an encoded image says of itself, read without decoding a pixel. */
sealed interface Header permits JpegHeader, PngHeader, BmpHeader, TiffHeader {
  ImageFormat format();

  /** Width as stored, before orientation. */
  long storedWidthPx();

  /** Height as stored, before orientation. */
  long storedHeightPx();

  /**
   * Walks the whole file without decoding it.
   *
   * @throws FaultException where it is cut short, damaged in a way that shows, or of a kind that is not read
   */
  void check();

  Orientation orientation();

  static Header of(byte[] bytes) {
    return switch (ImageFormat.of(bytes)) {
      case JPEG -> JpegHeader.of(bytes);
      case PNG -> PngHeader.of(bytes);
      case BMP -> BmpHeader.of(bytes);
      case TIFF -> TiffHeader.of(bytes);
    };
  }

  static FaultException truncated(ImageFormat format) {
    return new FaultException(Fault.IMAGE_TRUNCATED,
        "The " + format + " ends before its last pixel, so the part was not judged. Send it whole; check the transfer or the disk it came from.");
  }

  static FaultException damaged(ImageFormat format, String how) {
    return new FaultException(Fault.NOT_AN_IMAGE,
        "The " + format + " is damaged: " + how + ". The part was not judged; send the image again as the camera made it.");
  }

  static FaultException unsupported(String kind, String instead) {
    return new FaultException(Fault.IMAGE_UNSUPPORTED, "The image is " + kind + ", which this station does not read. Send " + instead + " instead.");
  }
}
