package io.kerf.training;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures of a disc with a bore, each a little different; a bad one has a bar across it. */
public final class SyntheticParts {
  private SyntheticParts() {}

  public static List<Path> good(Path folder, int count, long seed) {
    return write(folder, count, seed, false);
  }

  public static List<Path> bad(Path folder, int count, long seed) {
    return write(folder, count, seed, true);
  }

  private static List<Path> write(Path folder, int count, long seed, boolean bad) {
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < count; i++) {
        Path file = folder.resolve(String.format("%03d.png", i));
        ImageIO.write(draw(random, bad), "png", file.toFile());
        files.add(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static BufferedImage draw(Random random, boolean bad) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(40, 42, 45));
    graphics.fillRect(0, 0, 64, 64);
    double dx = random.nextGaussian();
    double dy = random.nextGaussian();
    graphics.translate(dx, dy);
    int grey = 150 + random.nextInt(30);
    graphics.setColor(new Color(grey, grey, grey - 5));
    graphics.fillOval(8, 8, 48, 48);
    graphics.setColor(new Color(30, 30, 30));
    graphics.fillOval(26, 26, 12, 12);
    if (bad) {
      graphics.setColor(Color.WHITE);
      graphics.setStroke(new BasicStroke(5));
      graphics.drawLine(12 + random.nextInt(8), 20 + random.nextInt(8), 44 + random.nextInt(8), 40 + random.nextInt(8));
    }
    graphics.dispose();
    for (int i = 0; i < 64 * 64; i++) {
      int noise = (int) (random.nextGaussian() * 4);
      int rgb = image.getRGB(i % 64, i / 64);
      int value = Math.max(0, Math.min(255, (rgb >> 8 & 0xff) + noise));
      image.setRGB(i % 64, i / 64, value << 16 | value << 8 | value);
    }
    return image;
  }
}
