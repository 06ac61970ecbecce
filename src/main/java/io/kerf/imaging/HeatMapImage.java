package io.kerf.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Paints a heat map as a PNG to be laid over the image: clear where nothing is odd, then amber, red and magenta. A palette image, so
 * that it is small and quick to pack: 64 steps are more than a coloured overlay lets an eye tell apart.
 */
public final class HeatMapImage {
  private static final int STEPS = 64;
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
  /** Red, green, blue, opacity at equal distances from 0 to 1: darker and denser all the way, so that more never looks like less. */
  private static final int[][] STOPS = {{255, 214, 90, 0}, {255, 190, 60, 90}, {246, 120, 30, 150}, {214, 40, 40, 185}, {160, 0, 110, 215}};
  private static final byte[] COLOURS = new byte[3 * STEPS];
  private static final byte[] OPACITIES = new byte[STEPS];

  static {
    for (int step = 0; step < STEPS; step++) {
      double at = step / (STEPS - 1.0) * (STOPS.length - 1);
      int stop = (int) Math.min(at, STOPS.length - 2);
      for (int channel = 0; channel < 4; channel++) {
        byte value = (byte) Math.round(STOPS[stop][channel] + (at - stop) * (STOPS[stop + 1][channel] - STOPS[stop][channel]));
        if (channel == 3) {
          OPACITIES[step] = value;
        } else {
          COLOURS[3 * step + channel] = value;
        }
      }
    }
  }

  private HeatMapImage() {}

  /**
   * The overlay of a map.
   *
   * @param map {@code [heightPx, widthPx]}; what is not a number counts as 0
   * @param scale the value shown at its strongest, above 0; what is above is shown as that, what is below 0 as clear
   * @return an 8-bit palette PNG with transparency
   */
  public static byte[] png(float[] map, int widthPx, int heightPx, double scale) {
    if (widthPx < 1 || heightPx < 1 || map.length != (long) widthPx * heightPx) {
      throw new IllegalArgumentException(map.length + " values are not a map of " + widthPx + "×" + heightPx);
    }
    if (!(scale > 0)) {
      throw new IllegalArgumentException("the scale is above 0, not " + scale);
    }
    byte[] rows = indexedRows(map, widthPx, heightPx, (float) ((STEPS - 1) / scale));
    ByteArrayOutputStream png = new ByteArrayOutputStream(rows.length / 8 + 1024);
    png.writeBytes(SIGNATURE);
    byte[] header = new byte[13];
    putInt(header, 0, widthPx);
    putInt(header, 4, heightPx);
    header[8] = 8;
    header[9] = 3;
    writeChunk(png, "IHDR", header, header.length);
    writeChunk(png, "PLTE", COLOURS, COLOURS.length);
    writeChunk(png, "tRNS", OPACITIES, OPACITIES.length);
    writePixels(png, rows);
    writeChunk(png, "IEND", new byte[0], 0);
    return png.toByteArray();
  }

  /** Palette indices, each row behind the byte that says it is not filtered. */
  private static byte[] indexedRows(float[] map, int width, int height, float factor) {
    byte[] rows = new byte[(width + 1) * height];
    for (int y = 0, in = 0, out = 0; y < height; y++) {
      out++;
      for (int x = 0; x < width; x++) {
        rows[out++] = (byte) Math.max(0, Math.min(STEPS - 1, (int) (map[in++] * factor + 0.5f)));
      }
    }
    return rows;
  }

  private static void writePixels(ByteArrayOutputStream png, byte[] rows) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(rows);
      deflater.finish();
      byte[] packed = new byte[1 << 15];
      while (!deflater.finished()) {
        writeChunk(png, "IDAT", packed, deflater.deflate(packed));
      }
    } finally {
      deflater.end();
    }
  }

  private static void writeChunk(ByteArrayOutputStream png, String type, byte[] data, int length) {
    byte[] number = new byte[4];
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    putInt(number, 0, length);
    png.writeBytes(number);
    png.writeBytes(name);
    png.write(data, 0, length);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, 0, length);
    putInt(number, 0, (int) crc.getValue());
    png.writeBytes(number);
  }

  private static void putInt(byte[] to, int at, int value) {
    for (int i = 0; i < 4; i++) {
      to[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }
}
