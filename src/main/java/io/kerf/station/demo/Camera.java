package io.kerf.station.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Lens and sensor: blur, vignetting, gamma, noise, JPEG. Buffers are reused; one picture at a time. */
final class Camera {
  private static final float JPEG_QUALITY = 0.92f;
  private static final float VIGNETTING = 0.22f;
  private static final float NOISE_LEVELS = 1.5f;
  private static final float COLOUR_NOISE_LEVELS = 0.6f;
  private static final int GAMMA_STEPS = 4096;
  private static final float[] LEVEL_OF_LIGHT = gamma();

  private final int widthPx;
  private final int heightPx;
  private final Grain grain;
  private final float[] falloff;
  private final float[] between;
  private final BufferedImage picture;
  private final int[] row;

  Camera(int widthPx, int heightPx, Grain grain) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.grain = grain;
    falloff = falloff(widthPx, heightPx);
    between = new float[widthPx * heightPx];
    picture = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_INT_RGB);
    row = new int[widthPx];
  }

  /**
   * Takes the picture.
   *
   * @param light of each pixel; blurred in place
   * @param warmth of each pixel
   */
  byte[] take(float[] light, float[] warmth, Scene scene) {
    float[] kernel = kernel(scene.blurPx());
    blur(light, between, kernel, widthPx, heightPx);
    blur(between, light, kernel, heightPx, widthPx);
    SplittableRandom random = new SplittableRandom(scene.noiseSeed());
    for (int y = 0; y < heightPx; y++) {
      int noise = random.nextInt(Grain.SENSOR);
      int colourNoise = random.nextInt(Grain.SENSOR);
      for (int x = 0; x < widthPx; x++) {
        int at = y * widthPx + x;
        float received = light[at] * falloff[at];
        float grey = NOISE_LEVELS * grain.sensor(noise + x);
        float tint = COLOUR_NOISE_LEVELS * grain.sensor(colourNoise + x);
        int red = level(received * (1 + warmth[at]), grey + tint);
        int green = level(received, grey);
        int blue = level(received * (1 - warmth[at]), grey - tint);
        row[x] = red << 16 | green << 8 | blue;
      }
      picture.getRaster().setDataElements(0, y, widthPx, 1, row);
    }
    return jpeg();
  }

  private static int level(float light, float noise) {
    float level = LEVEL_OF_LIGHT[Math.max(0, Math.min(GAMMA_STEPS - 1, (int) (light * GAMMA_STEPS)))];
    return Math.max(0, Math.min(255, (int) (level + noise + 0.5f)));
  }

  private byte[] jpeg() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(widthPx * heightPx / 4);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), quality);
    } catch (IOException e) {
      throw new UncheckedIOException("writing a JPEG to memory failed", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Blurs rows of {@code from} and leaves the result transposed in {@code to}, so that twice blurs both ways. */
  private static void blur(float[] from, float[] to, float[] kernel, int width, int height) {
    int reach = kernel.length / 2;
    for (int y = 0; y < height; y++) {
      int start = y * width;
      for (int x = 0; x < width; x++) {
        float sum = 0;
        if (x >= reach && x < width - reach) {
          for (int k = -reach; k <= reach; k++) {
            sum += kernel[k + reach] * from[start + x + k];
          }
        } else {
          for (int k = -reach; k <= reach; k++) {
            sum += kernel[k + reach] * from[start + Math.max(0, Math.min(width - 1, x + k))];
          }
        }
        to[x * height + y] = sum;
      }
    }
  }

  private static float[] kernel(double sigmaPx) {
    int reach = Math.max(1, (int) Math.ceil(2.5 * sigmaPx));
    float[] kernel = new float[2 * reach + 1];
    float sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) Math.exp(-(i - reach) * (i - reach) / (2 * sigmaPx * sigmaPx));
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  private static float[] falloff(int widthPx, int heightPx) {
    float[] falloff = new float[widthPx * heightPx];
    double corner = Math.hypot(widthPx, heightPx) / 2;
    for (int y = 0; y < heightPx; y++) {
      for (int x = 0; x < widthPx; x++) {
        double share = Math.hypot(x - widthPx / 2.0, y - heightPx / 2.0) / corner;
        falloff[y * widthPx + x] = (float) (1 - VIGNETTING * share * share);
      }
    }
    return falloff;
  }

  private static float[] gamma() {
    float[] levels = new float[GAMMA_STEPS];
    for (int i = 0; i < GAMMA_STEPS; i++) {
      levels[i] = (float) (255 * Math.pow((i + 0.5) / GAMMA_STEPS, 1 / 2.2));
    }
    return levels;
  }
}
