package io.kerf.imaging;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;

/**
 * How much one image may take. Both limits are checked before any memory is taken for pixels.
 *
 * @param maxBytes most encoded bytes accepted
 * @param maxPixels most pixels accepted, width times height as the header says
 */
public record ImageLimits(long maxBytes, long maxPixels) {
  /** 32 MiB and 50 million pixels. */
  public static final ImageLimits DEFAULT = new ImageLimits(32L << 20, 50_000_000);

  /** Fewest pixels an image may have on either side. */
  public static final int MIN_SIDE_PX = 16;

  public ImageLimits {
    if (maxBytes < 1 || maxPixels < 1) {
      throw new IllegalArgumentException("image limits are at least 1, not " + maxBytes + " bytes and " + maxPixels + " pixels");
    }
  }

  void checkBytes(long bytes) {
    if (bytes > maxBytes) {
      throw new FaultException(Fault.IMAGE_TOO_LARGE, "The image has " + bytes + " bytes and this station accepts " + maxBytes
          + ". Send a smaller region or a stronger compression, or raise the limit in the station's configuration.");
    }
  }

  void checkSize(long widthPx, long heightPx) {
    if (widthPx > Integer.MAX_VALUE / 4 || heightPx > Integer.MAX_VALUE / 4 || widthPx * heightPx > maxPixels) {
      throw new FaultException(Fault.IMAGE_TOO_LARGE, "The image says it is " + widthPx + "×" + heightPx + " pixels and this station accepts "
          + maxPixels + " in all. Send a smaller region, or raise the limit in the station's configuration.");
    }
    if (widthPx < MIN_SIDE_PX || heightPx < MIN_SIDE_PX) {
      throw new FaultException(Fault.IMAGE_TOO_SMALL, "The image is " + widthPx + "×" + heightPx + " pixels and at least "
          + MIN_SIDE_PX + " a side are needed to judge a part. Check the region the camera sends.");
    }
  }
}
