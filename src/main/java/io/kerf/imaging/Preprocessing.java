package io.kerf.imaging;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * How an upright image becomes the encoder's input, and how the encoder's map becomes the image's again. A bundle keeps it, so that a
 * part is judged in the way the model was trained.
 *
 * @param widthPx of the frame, 16..2048
 * @param heightPx of the frame, 16..2048; a frame that is not square has the proportions of what it shows
 * @param fit how what has other proportions comes into the frame
 * @param region the part of the image that is judged; all of it where empty
 * @param photometric how values are shifted and scaled
 */
public record Preprocessing(int widthPx, int heightPx, Fit fit, Optional<Region> region, Photometric photometric) {
  /** Frames are whole multiples of this on each side, so that maps of the encoder's second stage fall on whole pixels. */
  public static final int STEP_PX = 8;

  private static final int SMALLEST_PX = 16;
  private static final int LARGEST_PX = 2048;

  public Preprocessing {
    if (Math.min(widthPx, heightPx) < SMALLEST_PX || Math.max(widthPx, heightPx) > LARGEST_PX) {
      throw new IllegalArgumentException("the frame is 16 to 2048 pixels a side, not " + widthPx + "×" + heightPx);
    }
    Objects.requireNonNull(fit);
    Objects.requireNonNull(region);
    Objects.requireNonNull(photometric);
  }

  /** A square frame. */
  public static Preprocessing square(int sizePx, Fit fit, Optional<Region> region, Photometric photometric) {
    return new Preprocessing(sizePx, sizePx, fit, region, photometric);
  }

  /** The whole image, squashed into a square, standardised by its own mean and deviation. */
  public static Preprocessing ofSize(int sizePx) {
    return square(sizePx, Fit.SQUASH, Optional.empty(), Photometric.perImage());
  }

  /** Geometric mean of the sides: what a square frame of as many pixels would have. */
  public int sizePx() {
    return (int) Math.round(Math.sqrt((double) widthPx * heightPx));
  }

  /** The same with a square frame of that side. */
  public Preprocessing resizedTo(int sizePx) {
    return square(sizePx, fit, region, photometric);
  }

  /**
   * The same with a frame of about as many pixels that has the proportions of what is judged, or of about its size where that is smaller;
   * sides are whole multiples of {@value #STEP_PX}.
   *
   * @param imageWidthPx of a typical image
   */
  public Preprocessing proportionedTo(int imageWidthPx, int imageHeightPx) {
    double width = region.map(Region::width).orElse(1.0) * imageWidthPx;
    double height = region.map(Region::height).orElse(1.0) * imageHeightPx;
    double scale = Math.min(1, sizePx() / Math.sqrt(width * height));
    return new Preprocessing(stepped(width * scale), stepped(height * scale), fit, region, photometric);
  }

  private static int stepped(double px) {
    return (int) Math.max(SMALLEST_PX, Math.min(LARGEST_PX, STEP_PX * Math.round(px / STEP_PX)));
  }

  /** Pixels on the image's short side below which the frame would have to be enlarged: what to ask of {@link ImageDecoder#decode}. */
  public int neededShortSidePx() {
    double across = widthPx / region.map(Region::width).orElse(1.0);
    double down = heightPx / region.map(Region::height).orElse(1.0);
    double needed = widthPx == heightPx ? Math.max(across, down) : Math.min(across, down);
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(needed));
  }

  /**
   * The picture the encoder is to see: {@code widthPx} by {@code heightPx}, in 0..1, not yet standardised. Shrunk by averaging, enlarged
   * linearly; padding has the mean colour of the region shown.
   */
  public Picture frame(Picture upright) {
    if (upright.width() == widthPx && upright.height() == heightPx && region.isEmpty()) {
      return new Picture(widthPx, heightPx, upright.planes().clone());
    }
    Framing framing = Framing.of(this, upright.width(), upright.height());
    Resampling across = Resampling.of(framing.sourceX(), framing.sourceWidth(), upright.width(), framing.width());
    Resampling down = Resampling.of(framing.sourceY(), framing.sourceHeight(), upright.height(), framing.height());
    int within = framing.width() * framing.height();
    float[] shown = new float[3 * within];
    boolean grey = upright.isGrey();
    for (int channel = 0; channel < 3; channel++) {
      if (grey && channel > 0) {
        System.arraycopy(shown, 0, shown, channel * within, within);
      } else {
        int from = channel * upright.width() * upright.height();
        Resampling.plane(across, down, upright.planes(), from, upright.width(), shown, channel * within, framing.width());
      }
    }
    Picture picture = new Picture(framing.width(), framing.height(), shown);
    return framing.fills(widthPx, heightPx) ? picture : padded(picture, framing);
  }

  private Picture padded(Picture shown, Framing framing) {
    int area = widthPx * heightPx;
    float[] planes = new float[3 * area];
    float[] mean = shown.meanColour();
    int within = shown.width() * shown.height();
    for (int channel = 0; channel < 3; channel++) {
      Arrays.fill(planes, channel * area, (channel + 1) * area, mean[channel]);
      for (int y = 0; y < shown.height(); y++) {
        int to = channel * area + (framing.y() + y) * widthPx + framing.x();
        System.arraycopy(shown.planes(), channel * within + y * shown.width(), planes, to, shown.width());
      }
    }
    return new Picture(widthPx, heightPx, planes);
  }

  /** Shifts and scales a framed picture's values in place. @param planes {@code [3, heightPx, widthPx]} in 0..1 */
  public void standardise(float[] planes) {
    if (planes.length != 3 * widthPx * heightPx) {
      throw new IllegalArgumentException(planes.length + " values are not three planes of " + widthPx + "×" + heightPx);
    }
    photometric.standardise(planes);
  }

  /**
   * A map in the frame, laid back over the upright image: linear between the map's pixels, 0 where the image was not judged (outside the
   * region, beside the crop).
   *
   * @param map {@code [heightPx, widthPx]} of the frame
   * @param imageWidthPx width of the wanted map: the image's own, or any other in its proportions
   * @return {@code [imageHeightPx, imageWidthPx]}
   */
  public float[] unframe(float[] map, int imageWidthPx, int imageHeightPx) {
    if (map.length != widthPx * heightPx) {
      throw new IllegalArgumentException(map.length + " values are not a map of " + widthPx + "×" + heightPx);
    }
    Framing framing = Framing.of(this, imageWidthPx, imageHeightPx);
    BackProjection across = new BackProjection(framing.sourceX(), framing.sourceWidth(), framing.x(), framing.width(), imageWidthPx);
    BackProjection down = new BackProjection(framing.sourceY(), framing.sourceHeight(), framing.y(), framing.height(), imageHeightPx);
    return BackProjection.map(across, down, map, widthPx);
  }

  /** Whether the network's frame is the whole image, stretched: a map in one is then a map in the other. */
  public boolean coversWholeImage() {
    return fit == Fit.SQUASH && region.isEmpty();
  }
}
