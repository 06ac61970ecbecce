package io.kerf.imaging;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How the framed picture's values are shifted and scaled for the encoder. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Photometric.PerImage.class, name = "per-image"),
  @JsonSubTypes.Type(value = Photometric.Fixed.class, name = "fixed")
})
public sealed interface Photometric permits Photometric.PerImage, Photometric.Fixed {
  /** The least deviation divided by where nothing else is said: 2.5 of 255 grey levels. */
  double DEFAULT_LEAST_DEVIATION = 0.01;

  /**
   * Writes {@code planes}, {@code [3, size, size]} in 0..1, over with the standardised values.
   */
  default void standardise(float[] planes) {
    standardiseAs(planes, planes);
  }

  /**
   * As {@link #standardise}, by what {@code reference} would be standardised by. A picture and its altered copies are standardised as the
   * untouched one: by its own mean and deviation an altered copy would differ from it everywhere, and a network would learn to see that
   * instead of the alteration.
   *
   * @param reference {@code [3, size, size]} in 0..1; may be {@code planes} itself
   */
  void standardiseAs(float[] planes, float[] reference);

  /** Standardisation by the image's own mean and deviation. */
  static Photometric perImage() {
    return new PerImage(DEFAULT_LEAST_DEVIATION);
  }

  /**
   * {@code (v - m) / max(s, leastDeviation)} with m the mean and s the standard deviation of <em>all</em> values of the image, the three
   * channels taken together.
   *
   * <p>A lamp that ages, an exposure that is changed or a black level that drifts turn every value v into a·v + b; m and s follow, and the
   * result stays the same. One mean and one deviation for all channels leave the differences between the channels in the picture: a part of
   * the wrong colour still has the wrong colour, which a mean for each channel would take away. A change of the light's colour therefore
   * remains visible too.
   *
   * @param leastDeviation above 0, in shares of the value range: an image flatter than this is not blown up until its noise fills the range
   */
  record PerImage(double leastDeviation) implements Photometric {
    public PerImage {
      if (!(leastDeviation > 0)) {
        throw new IllegalArgumentException("the least deviation is above 0, not " + leastDeviation);
      }
    }

    @Override
    public void standardiseAs(float[] planes, float[] reference) {
      double sum = 0;
      for (float value : reference) {
        sum += value;
      }
      double mean = sum / reference.length;
      double squares = 0;
      for (float value : reference) {
        double difference = value - mean;
        squares += difference * difference;
      }
      float scale = (float) (1 / Math.max(leastDeviation, Math.sqrt(squares / reference.length)));
      float shift = (float) mean;
      for (int i = 0; i < planes.length; i++) {
        planes[i] = (planes[i] - shift) * scale;
      }
    }
  }

  /**
   * {@code (v - mean[c]) / deviation[c]} for each channel c: for encoders trained elsewhere with such constants.
   *
   * @param mean three values: red, green, blue
   * @param deviation three values above 0
   */
  record Fixed(List<Double> mean, List<Double> deviation) implements Photometric {
    public Fixed {
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
      if (mean.size() != 3 || deviation.size() != 3 || deviation.stream().anyMatch(value -> !(value > 0))) {
        throw new IllegalArgumentException("a mean and a deviation above 0 are given for each of three channels, not " + mean + " and " + deviation);
      }
    }

    @Override
    public void standardiseAs(float[] planes, float[] reference) {
      int area = planes.length / 3;
      for (int channel = 0; channel < 3; channel++) {
        float shift = mean.get(channel).floatValue();
        float scale = (float) (1 / deviation.get(channel));
        for (int i = channel * area, end = i + area; i < end; i++) {
          planes[i] = (planes[i] - shift) * scale;
        }
      }
    }
  }
}
