package io.kerf.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small encoded images of every kind the tests need, made from scratch. */
final class EncodedImages {
  private EncodedImages() {}

  /** A smooth picture with a bright upper left corner, so that each of the eight orientations looks different. */
  static BufferedImage scene(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 40 + 150 * x / width;
        int green = 40 + 150 * y / height;
        boolean corner = x < width / 4 && y < height / 4;
        image.setRGB(x, y, 0xFF000000 | (corner ? 0xF0F0F0 : red << 16 | green << 8 | 70));
      }
    }
    return image;
  }

  static BufferedImage noise(int width, int height, long seed) {
    BufferedImage image = scene(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, image.getRGB(x, y) + (random.nextInt(30) << 16 | random.nextInt(30) << 8 | random.nextInt(30)));
      }
    }
    return image;
  }

  static byte[] encode(BufferedImage image, String format) {
    return write(format, new IIOImage(image, null, null), null, false);
  }

  static byte[] jpeg(BufferedImage image, float quality) {
    return write("jpeg", new IIOImage(image, null, null), quality, false);
  }

  static byte[] progressiveJpeg(BufferedImage image) {
    return write("jpeg", new IIOImage(image, null, null), 0.9f, true);
  }

  static byte[] interlacedPng(BufferedImage image) {
    return write("png", new IIOImage(image, null, null), null, true);
  }

  static byte[] compressed(BufferedImage image, String format, String compression) {
    return write(format, new IIOImage(image, null, null), null, false, compression);
  }

  /** A TIFF in tiles of 16×16. */
  static byte[] tiledTiff(BufferedImage image) {
    ImageWriter writer = jdkWriter("tiff");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
      param.setTiling(16, 16, 0, 0);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException unexpected) {
      throw new UncheckedIOException(unexpected);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Four components as given, marked as Photoshop's CMYK, whose stored values are inverted. */
  static byte[] cmykJpeg(WritableRaster inverted) {
    byte[] plain = write("jpeg", new IIOImage(inverted, null, null), 1f, false);
    byte[] adobe = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
    return insert(plain, 2, adobe);
  }

  private static byte[] write(String format, IIOImage image, Float quality, boolean progressive, String... compression) {
    ImageWriter writer = jdkWriter(format);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (quality != null) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
      }
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      if (compression.length > 0) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType(compression[0]);
      }
      writer.setOutput(out);
      writer.write(null, image, param);
    } catch (IOException unexpected) {
      throw new UncheckedIOException(unexpected);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static ImageWriter jdkWriter(String format) {
    for (Iterator<ImageWriter> all = ImageIO.getImageWritersByFormatName(format); all.hasNext(); ) {
      ImageWriter writer = all.next();
      if (writer.getClass().getName().startsWith("com.sun.")) {
        return writer;
      }
    }
    throw new IllegalStateException("the JDK writes no " + format);
  }

  /** The JPEG with an EXIF block that holds nothing but an orientation. */
  static byte[] withExifOrientation(byte[] jpeg, int orientation) {
    byte[] tiff = orientationBlock(orientation);
    ByteBuffer segment = ByteBuffer.allocate(10 + tiff.length);
    segment.putShort((short) 0xFFE1).putShort((short) (8 + tiff.length)).put(new byte[] {'E', 'x', 'i', 'f', 0, 0}).put(tiff);
    return insert(jpeg, 2, segment.array());
  }

  /** The PNG with an eXIf chunk behind its header. */
  static byte[] withExifChunk(byte[] png, int orientation) {
    return insert(png, 33, chunk("eXIf", orientationBlock(orientation)));
  }

  static byte[] orientationBlock(int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(26).order(ByteOrder.BIG_ENDIAN);
    tiff.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 1);
    tiff.putShort((short) 274).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0).putInt(0);
    return tiff.array();
  }

  static byte[] chunk(String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
    chunk.putInt(data.length).put(type.getBytes(java.nio.charset.StandardCharsets.US_ASCII)).put(data);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, data.length + 4);
    return chunk.putInt((int) crc.getValue()).array();
  }

  /** Header of a PNG of any size, and nothing behind it. */
  static byte[] pngHeader(int width, int height) {
    byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0}).array();
    return insert(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 8, chunk("IHDR", header));
  }

  /**
   * An uncompressed little-endian TIFF of one strip.
   *
   * @param tags pairs of tag and SHORT value, besides size, strip and compression
   */
  static byte[] rawTiff(int width, int height, byte[] pixels, int... tags) {
    int entries = 6 + tags.length / 2;
    TreeMap<Integer, Integer> values = new TreeMap<>();
    int dataAt = 8 + 2 + entries * 12 + 4;
    for (int i = 0; i < tags.length; i += 2) {
      values.put(tags[i], tags[i + 1]);
    }
    values.put(256, width);
    values.put(257, height);
    values.put(259, 1);
    values.put(273, dataAt);
    values.put(278, height);
    values.put(279, pixels.length);
    ByteBuffer tiff = ByteBuffer.allocate(dataAt + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) values.size());
    values.forEach((tag, value) -> tiff.putShort(tag.shortValue()).putShort((short) 4).putInt(1).putInt(value));
    tiff.position(dataAt);
    return tiff.put(pixels).array();
  }

  static byte[] insert(byte[] bytes, int at, byte[] inserted) {
    ByteBuffer out = ByteBuffer.allocate(bytes.length + inserted.length);
    return out.put(bytes, 0, at).put(inserted).put(bytes, at, bytes.length - at).array();
  }
}
