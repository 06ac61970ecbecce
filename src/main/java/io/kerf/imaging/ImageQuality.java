package io.kerf.imaging;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Exposure and focus of a framed picture, before standardisation.
 *
 * @param brightness mean luminance, 0..1
 * @param contrast standard deviation of luminance, 0..0.5
 * @param sharpness variance of the Laplacian of luminance, on blocks of 2×2 pixels, divided by the variance of luminance; 0 and up. A
 *     brighter or stronger light changes both alike and leaves it as it was; defocus takes it away. Blocks, because the noise of a
 *     camera, which defocus leaves, counts a quarter in them
 */
public record ImageQuality(double brightness, double contrast, double sharpness) {
  /** Below half a grey level of 255 there is nothing to be sharp. */
  private static final double LEAST_VARIANCE = Math.pow(0.5 / 255, 2);

  /** Measures a framed picture. */
  public static ImageQuality of(Picture framed) {
    int width = framed.width() / 2;
    int height = framed.height() / 2;
    float[] luminance = halfSizeLuminance(framed, width, height);
    double sum = 0;
    for (float value : luminance) {
      sum += value;
    }
    double mean = sum / luminance.length;
    double squares = 0;
    for (float value : luminance) {
      squares += (value - mean) * (value - mean);
    }
    double variance = squares / luminance.length;
    double sharpness = variance < LEAST_VARIANCE ? 0 : laplacianVariance(luminance, width, height) / variance;
    return new ImageQuality(mean, Math.sqrt(variance), sharpness);
  }

  /** The median of each measure, the upper of two. @param qualities at least one */
  public static ImageQuality median(List<ImageQuality> qualities) {
    return new ImageQuality(median(qualities, ImageQuality::brightness), median(qualities, ImageQuality::contrast), median(qualities, ImageQuality::sharpness));
  }

  private static double median(List<ImageQuality> qualities, ToDoubleFunction<ImageQuality> measure) {
    return qualities.stream().mapToDouble(measure).sorted().toArray()[qualities.size() / 2];
  }

  /** Rec. 601 luma, averaged over 2×2. */
  private static float[] halfSizeLuminance(Picture picture, int width, int height) {
    float[] planes = picture.planes();
    int stride = picture.width();
    int area = stride * picture.height();
    float[] luminance = new float[width * height];
    for (int y = 0, out = 0; y < height; y++) {
      for (int x = 0, in = 2 * y * stride; x < width; x++, in += 2) {
        int green = in + area;
        int blue = green + area;
        float r = planes[in] + planes[in + 1] + planes[in + stride] + planes[in + stride + 1];
        float g = planes[green] + planes[green + 1] + planes[green + stride] + planes[green + stride + 1];
        float b = planes[blue] + planes[blue + 1] + planes[blue + stride] + planes[blue + stride + 1];
        luminance[out++] = 0.25f * (0.299f * r + 0.587f * g + 0.114f * b);
      }
    }
    return luminance;
  }

  private static double laplacianVariance(float[] plane, int width, int height) {
    double sum = 0;
    double squares = 0;
    for (int y = 1; y < height - 1; y++) {
      for (int i = y * width + 1, end = y * width + width - 1; i < end; i++) {
        double laplacian = plane[i - 1] + plane[i + 1] + plane[i - width] + plane[i + width] - 4 * plane[i];
        sum += laplacian;
        squares += laplacian * laplacian;
      }
    }
    int count = (width - 2) * (height - 2);
    double mean = sum / count;
    return squares / count - mean * mean;
  }
}
