package io.kerf.imaging;

import java.util.Optional;

/** The directories of a TIFF (TIFF 6.0), checked against the length of the file. */
final class TiffHeader implements Header {
  private static final int NEW_SUBFILE_TYPE = 254;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int SAMPLE_FORMAT = 339;
  private static final int REDUCED_RESOLUTION = 1;
  private static final int MAX_SAMPLES = 8;
  private static final int MAX_REDUCED_PAGES = 32;

  private final byte[] bytes;
  private final TiffDirectory page;

  private TiffHeader(byte[] bytes, TiffDirectory page) {
    this.bytes = bytes;
    this.page = page;
  }

  static TiffHeader of(byte[] bytes) {
    try {
      TiffHeader header = new TiffHeader(bytes, TiffDirectory.first(bytes));
      if (!header.page.has(WIDTH) || !header.page.has(HEIGHT)) {
        throw Header.damaged(ImageFormat.TIFF, "its first page has no size");
      }
      return header;
    } catch (IndexOutOfBoundsException cutShort) {
      throw Header.truncated(ImageFormat.TIFF);
    }
  }

  @Override
  public ImageFormat format() {
    return ImageFormat.TIFF;
  }

  @Override
  public long storedWidthPx() {
    return page.number(WIDTH, 0);
  }

  @Override
  public long storedHeightPx() {
    return page.number(HEIGHT, 0);
  }

  @Override
  public Orientation orientation() {
    return page.orientation();
  }

  @Override
  public void check() {
    checkSamples();
    checkSinglePage();
    boolean tiled = page.has(TILE_OFFSETS);
    if (tiled) {
      checkTileSize();
    }
    long[] offsets = page.numbers(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
    long[] lengths = page.numbers(tiled ? TILE_BYTES : STRIP_BYTES);
    if (offsets.length == 0) {
      throw Header.damaged(ImageFormat.TIFF, "it does not say where its pixels are");
    }
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] + (i < lengths.length ? lengths[i] : 1) > bytes.length) {
        throw Header.truncated(ImageFormat.TIFF);
      }
    }
  }

  private void checkSamples() {
    long samples = page.number(SAMPLES_PER_PIXEL, 1);
    if (samples < 1 || samples > MAX_SAMPLES) {
      throw Header.unsupported("a TIFF of " + samples + " samples per pixel", "grey or colour");
    }
    for (long format : page.numbers(SAMPLE_FORMAT)) {
      if (format != 1 && format != 4) {
        throw Header.unsupported("a TIFF of " + (format == 3 ? "floating-point" : "signed or complex") + " samples, whose white has no agreed value",
            "unsigned 8 or 16 bits");
      }
    }
    for (long bits : page.numbers(BITS_PER_SAMPLE)) {
      if (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16) {
        throw Header.unsupported("a TIFF of " + bits + " bits per sample", "8 or 16 bits");
      }
    }
  }

  /** A pyramid's or thumbnail's reduced pages are no further pictures of the part; any other page is. */
  private void checkSinglePage() {
    try {
      Optional<TiffDirectory> further = page.next(bytes);
      for (int pages = 1; further.isPresent(); pages++) {
        if (pages > MAX_REDUCED_PAGES || (further.get().number(NEW_SUBFILE_TYPE, 0) & REDUCED_RESOLUTION) == 0) {
          throw Header.unsupported("a TIFF of several pages, of which only one could be judged", "one image per part");
        }
        further = further.get().next(bytes);
      }
    } catch (IndexOutOfBoundsException cutShort) {
      throw Header.truncated(ImageFormat.TIFF);
    }
  }

  private void checkTileSize() {
    long tileWidth = page.number(TILE_WIDTH, 0);
    long tileHeight = page.number(TILE_HEIGHT, 0);
    if (tileWidth < 1 || tileHeight < 1 || tileWidth > storedWidthPx() + 4096 || tileHeight > storedHeightPx() + 4096) {
      throw Header.damaged(ImageFormat.TIFF, "its tiles are larger than its image");
    }
  }
}
