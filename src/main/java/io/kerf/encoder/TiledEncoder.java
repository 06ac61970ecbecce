package io.kerf.encoder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Encodes images that are larger than one forward may be, tile by tile.
 *
 * <p>Tiles overlap, and each place of a map is taken from the tile in whose middle it lies most, so that what a tile's border does to its
 * surroundings is cut off. Vectors ({@link EncoderOutput#EMBEDDING}, {@link EncoderOutput#STATISTICS}) are the mean over the tiles. An image
 * no larger than a tile is encoded whole. All images of a model are tiled alike, so their scores compare.
 */
public final class TiledEncoder implements Encoder {
  /** Tiles begin at multiples of this, where the grids of all maps meet. */
  static final int GRID_PX = 32;

  private final Encoder whole;
  private final int tilePx;
  private final int overlapPx;

  /**
   * @param whole encodes the tiles, and is closed with this
   * @param tilePx largest side of one forward, a multiple of {@value #GRID_PX}
   * @param overlapPx of neighbouring tiles, a multiple of twice {@value #GRID_PX}, less than {@code tilePx}
   */
  public TiledEncoder(Encoder whole, int tilePx, int overlapPx) {
    if (tilePx % GRID_PX != 0 || overlapPx % (2 * GRID_PX) != 0 || overlapPx >= tilePx || overlapPx < 0) {
      throw new IllegalArgumentException("tiles of " + tilePx + " px cannot overlap by " + overlapPx + " px");
    }
    this.whole = whole;
    this.tilePx = tilePx;
    this.overlapPx = overlapPx;
  }

  /** One stretch of a side: a tile from {@code start}, of which the places from {@code from} to {@code to} are kept. */
  record Stretch(int start, int length, int from, int to) {}

  @Override
  public Set<EncoderOutput> outputs() {
    return whole.outputs();
  }

  @Override
  public String engine() {
    return whole.engine();
  }

  @Override
  public Encoding[] encode(int widthPx, int heightPx, float[]... images) {
    if (widthPx <= tilePx && heightPx <= tilePx) {
      return whole.encode(widthPx, heightPx, images);
    }
    Encoding[] encodings = new Encoding[images.length];
    for (int i = 0; i < images.length; i++) {
      encodings[i] = tiled(widthPx, heightPx, images[i]);
    }
    return encodings;
  }

  private Encoding tiled(int widthPx, int heightPx, float[] image) {
    List<Stretch> across = stretches(widthPx);
    List<Stretch> down = stretches(heightPx);
    Map<EncoderOutput, FeatureMap> joined = new EnumMap<>(EncoderOutput.class);
    float share = 1f / (across.size() * down.size());
    for (Stretch row : down) {
      for (Stretch column : across) {
        Encoding tile = whole.encode(column.length, row.length, cut(image, widthPx, heightPx, column, row))[0];
        tile.outputs().forEach((output, map) -> {
          FeatureMap target = joined.computeIfAbsent(output, o -> empty(o, map, widthPx, heightPx, column, row));
          if (map.area() == 1 && target.area() == 1) {
            addScaled(target.values(), map.values(), share);
          } else {
            place(map, target, column, row);
          }
        });
      }
    }
    return new Encoding(joined);
  }

  /** Covers a side with tiles of one length; the last begins where it ends with the side, rounded up to the grid. */
  List<Stretch> stretches(int sidePx) {
    List<Stretch> stretches = new ArrayList<>();
    if (sidePx <= tilePx) {
      return List.of(new Stretch(0, sidePx, 0, sidePx));
    }
    int step = tilePx - overlapPx;
    int last = (sidePx - tilePx + GRID_PX - 1) / GRID_PX * GRID_PX;
    int kept = 0;
    for (int start = 0; ; start = Math.min(start + step, last)) {
      int length = Math.min(tilePx, sidePx - start);
      int next = Math.min(start + step, last);
      int to = start == last ? sidePx : (next + start + length) / (2 * GRID_PX) * GRID_PX;
      stretches.add(new Stretch(start, length, kept, to));
      if (start == last) {
        return stretches;
      }
      kept = to;
    }
  }

  private static float[] cut(float[] image, int widthPx, int heightPx, Stretch column, Stretch row) {
    float[] tile = new float[3 * column.length * row.length];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < row.length; y++) {
        System.arraycopy(image, (channel * heightPx + row.start + y) * widthPx + column.start, tile, (channel * row.length + y) * column.length, column.length);
      }
    }
    return tile;
  }

  private static FeatureMap empty(EncoderOutput output, FeatureMap tile, int widthPx, int heightPx, Stretch column, Stretch row) {
    if (output == EncoderOutput.EMBEDDING || output == EncoderOutput.STATISTICS) {
      return FeatureMap.vector(new float[tile.channels()]);
    }
    int stride = stride(tile.width(), column.length);
    int width = (widthPx + stride - 1) / stride;
    int height = (heightPx + stride - 1) / stride;
    return new FeatureMap(new float[tile.channels() * width * height], tile.channels(), height, width);
  }

  /** The power of two of which so many cells cover so many pixels, the last one perhaps in part. */
  private static int stride(int cells, int px) {
    int pxPerCell = (px + cells - 1) / cells;
    return Integer.highestOneBit(2 * pxPerCell - 1);
  }

  private static void place(FeatureMap tile, FeatureMap target, Stretch column, Stretch row) {
    int stride = stride(tile.width(), column.length);
    int fromX = column.from / stride;
    int toX = Math.min(target.width(), (column.to + stride - 1) / stride);
    int fromY = row.from / stride;
    int toY = Math.min(target.height(), (row.to + stride - 1) / stride);
    for (int channel = 0; channel < tile.channels(); channel++) {
      for (int y = fromY; y < toY; y++) {
        int from = (channel * tile.height() + y - row.start / stride) * tile.width() + fromX - column.start / stride;
        System.arraycopy(tile.values(), from, target.values(), (channel * target.height() + y) * target.width() + fromX, toX - fromX);
      }
    }
  }

  private static void addScaled(float[] sum, float[] values, float factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }

  @Override
  public void close() {
    whole.close();
  }
}
