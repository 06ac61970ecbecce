package io.kerf.imaging;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Encoded bytes in, upright picture out. Thread-safe; keeps nothing between calls and writes nothing to disk.
 *
 * <ol>
 *   <li>The format is told by the first bytes, never by a name or a content type.
 *   <li>Bytes and pixels are held against the {@link ImageLimits} before any memory is taken for pixels.
 *   <li>The whole file is walked for its end (and, in a PNG, its checksums): an image cut short is refused, not filled with grey.
 *   <li>What the decoder would only warn of, and which would leave parts of the image unread, is refused as well.
 *   <li>Whatever is wrong with the bytes ends in a {@link FaultException}; {@code docs/images.md} lists each conversion and refusal.
 * </ol>
 */
public final class ImageDecoder {
  private final ImageLimits limits;

  public ImageDecoder(ImageLimits limits) {
    this.limits = Objects.requireNonNull(limits);
  }

  /**
   * A decoded image.
   *
   * @param picture upright; smaller than the original, in the same proportions to a pixel, where the original is at least twice as large
   *     as was needed
   * @param originalWidthPx width of the original, upright
   * @param originalHeightPx height of the original, upright
   */
  public record Decoded(Picture picture, int originalWidthPx, int originalHeightPx, ImageFormat format) {}

  /**
   * Decodes one image.
   *
   * @param neededShortSidePx pixels needed on the short side ({@link Preprocessing#neededShortSidePx()}): an image at least twice as large
   *     may come reduced, averaged over the pixels it stands for, but never below this; {@link Integer#MAX_VALUE} keeps every image whole
   * @throws FaultException {@link Fault#NO_BODY}, {@link Fault#NOT_AN_IMAGE}, {@link Fault#IMAGE_UNSUPPORTED}, {@link Fault#IMAGE_TOO_LARGE},
   *     {@link Fault#IMAGE_TOO_SMALL} or {@link Fault#IMAGE_TRUNCATED}
   */
  public Decoded decode(byte[] bytes, int neededShortSidePx) {
    if (neededShortSidePx < 1) {
      throw new IllegalArgumentException("at least one pixel is needed, not " + neededShortSidePx);
    }
    if (bytes.length == 0) {
      throw new FaultException(Fault.NO_BODY, "No bytes were sent, so there is no image to judge. Send the encoded image as the body.");
    }
    limits.checkBytes(bytes.length);
    Header header = Header.of(bytes);
    limits.checkSize(header.storedWidthPx(), header.storedHeightPx());
    header.check();
    Picture upright = header.orientation().upright(pixels(header, bytes, neededShortSidePx));
    boolean swapped = header.orientation().swapsSides();
    int width = (int) (swapped ? header.storedHeightPx() : header.storedWidthPx());
    int height = (int) (swapped ? header.storedWidthPx() : header.storedHeightPx());
    return new Decoded(upright, width, height, header.format());
  }

  private static Picture pixels(Header header, byte[] bytes, int neededShortSidePx) {
    long shortSide = Math.min(header.storedWidthPx(), header.storedHeightPx());
    if (header instanceof JpegHeader jpeg && jpeg.components() != 4) {
      int reduction = ReducedJpeg.reductionFor(shortSide, neededShortSidePx);
      Optional<Picture> reduced = reduction > 1 ? ReducedJpeg.decode(bytes, reduction) : Optional.empty();
      if (reduced.isPresent()) {
        return reduced.get();
      }
    }
    return fully(header, bytes, (int) Math.max(1, shortSide / neededShortSidePx));
  }

  private static Picture fully(Header header, byte[] bytes, int block) {
    List<String> warnings = new ArrayList<>();
    try {
      BufferedImage image = Readers.read(header, bytes, warnings);
      for (String warning : warnings) {
        refuseIfUnread(header.format(), warning);
      }
      return PlaneReader.read(image, block);
    } catch (FaultException fault) {
      throw fault;
    } catch (EOFException cutShort) {
      throw Header.truncated(header.format());
    } catch (IOException | RuntimeException damaged) {
      throw new FaultException(Fault.NOT_AN_IMAGE, "The " + header.format() + " cannot be decoded (" + damaged.getMessage()
          + "). The part was not judged; send the image again as the camera made it.", damaged);
    }
  }

  /**
   * libjpeg goes on after an error and fills what it could not read. "Extraneous bytes" are no such error: many cameras pad their data.
   */
  private static void refuseIfUnread(ImageFormat format, String warning) {
    String text = String.valueOf(warning).toLowerCase(Locale.ROOT);
    if (text.contains("premature end") || text.contains("truncated")) {
      throw Header.truncated(format);
    }
    if (text.contains("bad huffman code") || text.contains("instead of rst")) {
      throw Header.damaged(format, "part of its data cannot be read");
    }
  }
}
