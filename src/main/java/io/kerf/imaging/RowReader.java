package io.kerf.imaging;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Rows of a decoded raster as red, green and blue in 0..1, whatever the raster's layout, depth, palette or alpha. Sample values are
 * scaled, never colour-managed; transparent pixels are laid over white.
 */
abstract class RowReader {
  private static final float[] UNIT = unit(255);

  final Raster raster;
  final int width;

  private RowReader(Raster raster) {
    this.raster = raster;
    this.width = raster.getWidth();
  }

  /** Writes row {@code y} as {@code [3, width]} into the head of {@code row}. */
  abstract void read(int y, float[] row);

  static RowReader of(BufferedImage image) {
    Raster raster = image.getRaster();
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      return new Palette(raster, palette);
    }
    boolean alpha = colours.hasAlpha() && isUsed(raster, colours.getNumComponents() - 1);
    int colourBands = colours.getNumColorComponents();
    checkReadable(colours, raster);
    if (!alpha && colourBands != 4 && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && raster.getDataBuffer() instanceof DataBufferByte && colours.getComponentSize(0) == 8) {
      return new Bytes(raster, model, colourBands == 3);
    }
    return new Samples(raster, colours, alpha);
  }

  private static void checkReadable(ColorModel colours, Raster raster) {
    int type = raster.getTransferType();
    boolean whole = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
    int space = colours.getColorSpace().getType();
    if (!whole || space != ColorSpace.TYPE_GRAY && space != ColorSpace.TYPE_RGB && space != ColorSpace.TYPE_CMYK) {
      throw new FaultException(Fault.IMAGE_UNSUPPORTED, "The image has samples or a colour space that this station does not convert."
          + " Send grey or RGB with 8 or 16 bits.");
    }
  }

  /** Some cameras and tools write an alpha channel of nothing but zeros and mean that there is none. */
  private static boolean isUsed(Raster raster, int band) {
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, band, row);
      for (int value : row) {
        if (value != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static float[] unit(int max) {
    float[] unit = new float[max + 1];
    for (int i = 0; i <= max; i++) {
      unit[i] = i / (float) max;
    }
    return unit;
  }

  /** Eight-bit grey or colour, interleaved: nearly every image of a line. */
  private static final class Bytes extends RowReader {
    private final byte[] data;
    private final int origin;
    private final int scanline;
    private final int step;
    private final int[] offsets;

    Bytes(Raster raster, PixelInterleavedSampleModel model, boolean colour) {
      super(raster);
      DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
      int left = raster.getMinX() - raster.getSampleModelTranslateX();
      int top = raster.getMinY() - raster.getSampleModelTranslateY();
      data = buffer.getData();
      scanline = model.getScanlineStride();
      step = model.getPixelStride();
      origin = buffer.getOffset() + top * scanline + left * step;
      offsets = Arrays.copyOf(model.getBandOffsets(), colour ? 3 : 1);
    }

    @Override
    void read(int y, float[] row) {
      int start = origin + y * scanline;
      for (int channel = 0; channel < offsets.length; channel++) {
        for (int x = 0, in = start + offsets[channel], out = channel * width; x < width; x++, in += step) {
          row[out++] = UNIT[data[in] & 0xFF];
        }
      }
      if (offsets.length == 1) {
        System.arraycopy(row, 0, row, width, width);
        System.arraycopy(row, 0, row, 2 * width, width);
      }
    }
  }

  /** Indices into a palette, of any depth; one-bit images too. */
  private static final class Palette extends RowReader {
    private final float[][] colours = new float[3][];
    private final int[] indices;

    Palette(Raster raster, IndexColorModel palette) {
      super(raster);
      indices = new int[width];
      int size = palette.getMapSize();
      boolean alpha = false;
      for (int i = 0; i < size; i++) {
        alpha |= palette.getAlpha(i) != 0;
      }
      for (int channel = 0; channel < 3; channel++) {
        colours[channel] = new float[1 << Math.max(palette.getPixelSize(), 1)];
        for (int i = 0; i < Math.min(size, colours[channel].length); i++) {
          int value = channel == 0 ? palette.getRed(i) : channel == 1 ? palette.getGreen(i) : palette.getBlue(i);
          float opacity = alpha ? UNIT[palette.getAlpha(i)] : 1;
          colours[channel][i] = UNIT[value] * opacity + 1 - opacity;
        }
      }
    }

    @Override
    void read(int y, float[] row) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, indices);
      for (int channel = 0, out = 0; channel < 3; channel++) {
        float[] plane = colours[channel];
        for (int x = 0; x < width; x++) {
          row[out++] = plane[indices[x]];
        }
      }
    }
  }

  /** Any other layout, by way of unpacked samples: 16 bits, alpha, packed pixels, separate planes, four colours. */
  private static final class Samples extends RowReader {
    private final int bands;
    private final int colourBands;
    private final boolean alpha;
    private final float[] scale;
    private final int[] samples;

    Samples(Raster raster, ColorModel colours, boolean alpha) {
      super(raster);
      this.bands = raster.getNumBands();
      this.colourBands = colours.getNumColorComponents();
      this.alpha = alpha;
      this.scale = new float[bands];
      for (int band = 0; band < bands; band++) {
        scale[band] = band < colours.getNumComponents() ? 1f / ((1 << colours.getComponentSize(band)) - 1) : 0;
      }
      this.samples = new int[bands * width];
    }

    @Override
    void read(int y, float[] row) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, samples);
      for (int x = 0, in = 0; x < width; x++, in += bands) {
        float opacity = alpha ? samples[in + colourBands] * scale[colourBands] : 1;
        for (int channel = 0; channel < 3; channel++) {
          row[channel * width + x] = colour(in, channel) * opacity + 1 - opacity;
        }
      }
    }

    private float colour(int in, int channel) {
      int band = colourBands == 1 ? 0 : channel;
      float value = samples[in + band] * scale[band];
      return colourBands == 4 ? (1 - value) * (1 - samples[in + 3] * scale[3]) : value;
    }
  }
}
