package io.kerf.evaluation;

import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Picture;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A small JPEG of an image for the report. */
record Thumbnail(byte[] jpeg, int widthPx, int heightPx) {
  private static final int LONGEST_PX = 256;

  /** An image that cannot be read becomes a grey square: the report lists it as unjudged. */
  static Thumbnail of(Path file) throws IOException {
    BufferedImage full;
    try {
      full = image(new ImageDecoder(ImageLimits.DEFAULT).decode(Files.readAllBytes(file), LONGEST_PX).picture());
    } catch (FaultException unreadable) {
      full = new BufferedImage(LONGEST_PX / 2, LONGEST_PX / 2, BufferedImage.TYPE_INT_RGB);
    }
    double scale = Math.min(1, (double) LONGEST_PX / Math.max(full.getWidth(), full.getHeight()));
    int width = (int) Math.max(1, Math.round(full.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(full.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(full, 0, 0, width, height, null);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(small, "jpg", out);
    return new Thumbnail(out.toByteArray(), width, height);
  }

  private static BufferedImage image(Picture picture) {
    BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    float[] planes = picture.planes();
    int area = picture.width() * picture.height();
    for (int i = 0; i < area; i++) {
      int rgb = Math.round(255 * planes[i]) << 16 | Math.round(255 * planes[i + area]) << 8 | Math.round(255 * planes[i + 2 * area]);
      image.setRGB(i % picture.width(), i / picture.width(), rgb);
    }
    return image;
  }
}
