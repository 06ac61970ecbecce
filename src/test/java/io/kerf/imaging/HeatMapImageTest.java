package io.kerf.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class HeatMapImageTest {
  @Test
  void nothingOddIsClearAndTheOddestIsDense() throws IOException {
    BufferedImage image = decoded(new float[] {0, 2, 4, 8, 99, -3}, 3, 2, 8);
    assertThat(image.getWidth()).isEqualTo(3);
    assertThat(image.getHeight()).isEqualTo(2);
    assertThat(alpha(image, 0, 0)).isZero();
    assertThat(alpha(image, 2, 1)).as("below zero").isZero();
    assertThat(alpha(image, 0, 1)).isGreaterThan(200);
    assertThat(image.getRGB(1, 1)).as("above the scale").isEqualTo(image.getRGB(0, 1));
    assertThat(alpha(image, 1, 0)).isBetween(60, 120);
  }

  @Test
  void moreIsAlwaysDarkerAndDenser() throws IOException {
    float[] ramp = new float[256];
    for (int i = 0; i < 256; i++) {
      ramp[i] = i / 255f;
    }
    BufferedImage image = decoded(ramp, 256, 1, 1);
    for (int x = 1; x < 256; x++) {
      assertThat(alpha(image, x, 0)).isGreaterThanOrEqualTo(alpha(image, x - 1, 0));
      assertThat(lightness(image.getRGB(x, 0))).isLessThanOrEqualTo(lightness(image.getRGB(x - 1, 0)) + 1e-9);
    }
  }

  @Test
  void aMapOfNoiseOfAnySizeIsReadBack() throws IOException {
    Random random = new Random(3);
    for (int[] size : new int[][] {{1, 1}, {257, 63}, {640, 480}}) {
      float[] noise = new float[size[0] * size[1]];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = random.nextFloat();
      }
      BufferedImage image = decoded(noise, size[0], size[1], 1);
      int last = noise.length - 1;
      BufferedImage alone = decoded(new float[] {noise[last]}, 1, 1, 1);
      assertThat(image.getRGB(last % size[0], last / size[0])).isEqualTo(alone.getRGB(0, 0));
    }
  }

  @Test
  void notANumberIsClear() throws IOException {
    assertThat(alpha(decoded(new float[] {Float.NaN}, 1, 1, 1), 0, 0)).isZero();
  }

  @Test
  void whatIsNoMapIsRefused() {
    assertThatThrownBy(() -> HeatMapImage.png(new float[5], 2, 2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HeatMapImage.png(new float[4], 2, 2, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static BufferedImage decoded(float[] map, int width, int height, double scale) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(HeatMapImage.png(map, width, height, scale)));
  }

  private static int alpha(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >>> 24;
  }

  private static double lightness(int rgb) {
    return 0.2126 * (rgb >> 16 & 0xFF) + 0.7152 * (rgb >> 8 & 0xFF) + 0.0722 * (rgb & 0xFF);
  }
}
