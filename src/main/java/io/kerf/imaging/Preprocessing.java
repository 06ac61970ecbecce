package io.kerf.imaging;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * How an upright image becomes the encoder's input, and how the encoder's map becomes the image's again. A bundle keeps it, so that a
 * part is judged in the way the model was trained.
 *
 * @param sizePx side of the square frame, 16..2048
 * @param fit how what is not square becomes square
 * @param region the part of the image that is judged; all of it where empty
 * @param photometric how values are shifted and scaled
 */
public record Preprocessing(int sizePx, Fit fit, Optional<Region> region, Photometric photometric) {
  public Preprocessing {
    if (sizePx < 16 || sizePx > 2048) {
      throw new IllegalArgumentException("the frame is 16 to 2048 pixels a side, not " + sizePx);
    }
    Objects.requireNonNull(fit);
    Objects.requireNonNull(region);
    Objects.requireNonNull(photometric);
  }

  /** The whole image, squashed, standardised by its own mean and deviation. */
  public static Preprocessing ofSize(int sizePx) {
    return new Preprocessing(sizePx, Fit.SQUASH, Optional.empty(), Photometric.perImage());
  }

  /** Pixels on the image's short side below which the frame would have to be enlarged: what to ask of {@link ImageDecoder#decode}. */
  public int neededShortSidePx() {
    double share = region.map(part -> Math.min(part.width(), part.height())).orElse(1.0);
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(sizePx / share));
  }

  /**
   * The picture the encoder is to see: {@code sizePx} a side, in 0..1, not yet standardised. Shrunk by averaging, enlarged linearly;
   * padding has the mean colour of the region shown.
   */
  public Picture frame(Picture upright) {
    if (upright.width() == sizePx && upright.height() == sizePx && region.isEmpty()) {
      return new Picture(sizePx, sizePx, upright.planes().clone());
    }
    Framing framing = Framing.of(this, upright.width(), upright.height());
    Resampling across = Resampling.of(framing.sourceX(), framing.sourceWidth(), upright.width(), framing.width());
    Resampling down = Resampling.of(framing.sourceY(), framing.sourceHeight(), upright.height(), framing.height());
    int area = sizePx * sizePx;
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
    return framing.fills(sizePx) ? new Picture(sizePx, sizePx, shown) : padded(new Picture(framing.width(), framing.height(), shown), framing, area);
  }

  private Picture padded(Picture shown, Framing framing, int area) {
    float[] planes = new float[3 * area];
    float[] mean = shown.meanColour();
    int within = shown.width() * shown.height();
    for (int channel = 0; channel < 3; channel++) {
      Arrays.fill(planes, channel * area, (channel + 1) * area, mean[channel]);
      for (int y = 0; y < shown.height(); y++) {
        int to = channel * area + (framing.y() + y) * sizePx + framing.x();
        System.arraycopy(shown.planes(), channel * within + y * shown.width(), planes, to, shown.width());
      }
    }
    return new Picture(sizePx, sizePx, planes);
  }

  /** Shifts and scales a framed picture's values in place. @param planes {@code [3, sizePx, sizePx]} in 0..1 */
  public void standardise(float[] planes) {
    if (planes.length != 3 * sizePx * sizePx) {
      throw new IllegalArgumentException(planes.length + " values are not three planes of " + sizePx + "×" + sizePx);
    }
    photometric.standardise(planes);
  }

  /**
   * A map in the frame, laid back over the upright image: linear between the map's pixels, 0 where the image was not judged (outside the
   * region, beside the crop).
   *
   * @param map {@code [sizePx, sizePx]}
   * @param widthPx width of the wanted map: the image's own, or any other in its proportions
   * @return {@code [heightPx, widthPx]}
   */
  public float[] unframe(float[] map, int widthPx, int heightPx) {
    if (map.length != sizePx * sizePx) {
      throw new IllegalArgumentException(map.length + " values are not a map of " + sizePx + "×" + sizePx);
    }
    Framing framing = Framing.of(this, widthPx, heightPx);
    BackProjection across = new BackProjection(framing.sourceX(), framing.sourceWidth(), framing.x(), framing.width(), widthPx);
    BackProjection down = new BackProjection(framing.sourceY(), framing.sourceHeight(), framing.y(), framing.height(), heightPx);
    return BackProjection.map(across, down, map, sizePx);
  }

  /** Whether the network's frame is the whole image, stretched: a map in one is then a map in the other. */
  public boolean coversWholeImage() {
    return fit == Fit.SQUASH && region.isEmpty();
  }
}
