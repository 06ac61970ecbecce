package io.kerf.imaging;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The ImageIO readers behind the decoder, held by class. ImageIO's own look-up goes by the context class loader, which under an
 * application server need not see the plugins, and gives whichever of two readers registered last.
 */
final class Readers {
  private static final ImageReaderSpi JPEG = jdk("com.sun.imageio.plugins.jpeg.");
  private static final ImageReaderSpi PNG = jdk("com.sun.imageio.plugins.png.");
  private static final ImageReaderSpi BMP = jdk("com.sun.imageio.plugins.bmp.");
  private static final ImageReaderSpi CMYK_JPEG = cmykJpeg();
  private static final ImageReaderSpi TIFF = new TIFFImageReaderSpi();

  private Readers() {}

  /**
   * Decodes all pixels, from memory and without a file.
   *
   * @param warnings what the reader went on in spite of
   * @throws IOException where the bytes cannot be decoded; readers also throw runtime exceptions on damaged input
   */
  static BufferedImage read(Header header, byte[] bytes, List<String> warnings) throws IOException {
    if (header instanceof JpegHeader jpeg) {
      // The JDK's reader is the faster of the two on plain images and cannot convert four components.
      return jpeg.components() == 4 ? read(CMYK_JPEG, bytes, warnings) : read(JPEG, jpeg.lean(), warnings);
    }
    if (header instanceof PngHeader png) {
      return read(PNG, png.lean(), warnings);
    }
    return read(header instanceof BmpHeader ? BMP : TIFF, bytes, warnings);
  }

  private static BufferedImage read(ImageReaderSpi spi, byte[] bytes, List<String> warnings) throws IOException {
    ImageReader reader = spi.createReaderInstance();
    try (ByteArrayImageInputStream input = new ByteArrayImageInputStream(bytes)) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(input, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReaderSpi cmykJpeg() {
    JPEGImageReaderSpi spi = new JPEGImageReaderSpi();
    // Registration is where it finds the JDK's reader, which it builds upon; it is not added to the registry by this.
    spi.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
    return spi;
  }

  private static ImageReaderSpi jdk(String packageName) {
    List<String> seen = new ArrayList<>();
    Iterator<ImageReaderSpi> all = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (all.hasNext()) {
      ImageReaderSpi spi = all.next();
      if (spi.getClass().getName().startsWith(packageName)) {
        return spi;
      }
      seen.add(spi.getClass().getName());
    }
    throw new IllegalStateException("this Java runtime has no image reader in " + packageName + "*, only " + seen);
  }
}
