package io.kerf.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.kerf.encoder.TiledEncoder.Stretch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiledEncoderTest {
  /** Its maps are positions: each place holds the column and row that the image names at the place's first pixel. Its vectors too. */
  private static final class PositionEncoder implements Encoder {
    final List<String> sizes = new ArrayList<>();
    boolean closed;

    @Override
    public Set<EncoderOutput> outputs() {
      return EnumSet.allOf(EncoderOutput.class);
    }

    @Override
    public String engine() {
      return "positions";
    }

    @Override
    public Encoding[] encode(int widthPx, int heightPx, float[]... images) {
      sizes.add(widthPx + "x" + heightPx);
      Encoding[] encodings = new Encoding[images.length];
      for (int i = 0; i < images.length; i++) {
        float[] image = images[i];
        Map<EncoderOutput, FeatureMap> maps = new EnumMap<>(EncoderOutput.class);
        maps.put(EncoderOutput.EMBEDDING, FeatureMap.vector(new float[] {image[0], image[widthPx * heightPx]}));
        maps.put(EncoderOutput.STATISTICS, FeatureMap.vector(new float[] {widthPx, heightPx, 1}));
        maps.put(EncoderOutput.FEATURES, positions(image, widthPx, heightPx, 32));
        maps.put(EncoderOutput.LOCAL, positions(image, widthPx, heightPx, 8));
        maps.put(EncoderOutput.DENSE, positions(image, widthPx, heightPx, 4));
        encodings[i] = new Encoding(maps);
      }
      return encodings;
    }

    private static FeatureMap positions(float[] image, int widthPx, int heightPx, int stride) {
      int width = (widthPx + stride - 1) / stride;
      int height = (heightPx + stride - 1) / stride;
      float[] values = new float[2 * width * height];
      for (int at = 0; at < width * height; at++) {
        int pixel = at / width * stride * widthPx + at % width * stride;
        values[at] = image[pixel];
        values[width * height + at] = image[widthPx * heightPx + pixel];
      }
      return new FeatureMap(values, 2, height, width);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final PositionEncoder whole = new PositionEncoder();
  private final TiledEncoder tiled = new TiledEncoder(whole, 128, 64);

  /** The first plane names the column, the second the row. */
  private static float[] image(int width, int height) {
    float[] planes = new float[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      planes[i] = i % width;
      planes[width * height + i] = i / width;
    }
    return planes;
  }

  @ParameterizedTest
  @CsvSource({"129, 64", "136, 64", "64, 136", "160, 128", "168, 184", "192, 192", "193, 191", "200, 104", "104, 200", "256, 136", "264, 328", "321, 97"})
  void joinedMapsAreThoseOfTheWholeImage(int width, int height) {
    Encoding joined = tiled.encode(width, height, image(width, height))[0];
    assertThat(whole.sizes).hasSizeGreaterThan(1);
    Encoding due = new PositionEncoder().encode(width, height, image(width, height))[0];
    for (EncoderOutput output : List.of(EncoderOutput.FEATURES, EncoderOutput.LOCAL, EncoderOutput.DENSE)) {
      FeatureMap map = joined.get(output);
      assertThat(List.of(map.channels(), map.height(), map.width())).as(output.label())
          .isEqualTo(List.of(2, due.get(output).height(), due.get(output).width()));
      assertThat(map.values()).as(output.label()).isEqualTo(due.vector(output));
    }
  }

  @Test
  void vectorsAreTheMeanOverTheTiles() {
    // By hand: tiles begin at 0, 64 and 96 of 200 pixels (104 long) and at 0 and 32 of 136 (128 and 104 high).
    Encoding joined = tiled.encode(200, 136, image(200, 136))[0];
    assertThat(whole.sizes).containsExactly("128x128", "128x128", "104x128", "128x104", "128x104", "104x104");
    assertThat(joined.vector(EncoderOutput.EMBEDDING)).containsExactly(new float[] {160 / 3f, 16}, within(1e-4f));
    assertThat(joined.vector(EncoderOutput.STATISTICS)).containsExactly(new float[] {120, 116, 1}, within(1e-4f));
  }

  @Test
  void anImageThatFitsIsEncodedWholeWithItsBatch() {
    float[] image = image(128, 96);
    assertThat(tiled.encode(128, 96, image, image)).hasSize(2);
    assertThat(whole.sizes).containsExactly("128x96");
  }

  @Test
  void everyImageOfABatchIsTiled() {
    float[] mirrored = image(160, 64);
    for (int i = 0; i < 160 * 64; i++) {
      mirrored[i] = 159 - i % 160;
    }
    Encoding[] both = tiled.encode(160, 64, image(160, 64), mirrored);
    assertThat(both[0].vector(EncoderOutput.DENSE)[39]).isEqualTo(156);
    assertThat(both[1].vector(EncoderOutput.DENSE)[39]).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"128, 64", "768, 128", "96, 0", "160, 128"})
  void stretchesCoverASideOnceAndKeepAwayFromTheBordersOfTheirTiles(int tile, int overlap) {
    TiledEncoder encoder = new TiledEncoder(whole, tile, overlap);
    for (int side = 32; side < 4 * tile; side++) {
      List<Stretch> stretches = encoder.stretches(side);
      int covered = 0;
      for (Stretch stretch : stretches) {
        int end = stretch.start() + stretch.length();
        assertThat(stretch.from()).as("side %d", side).isEqualTo(covered).isGreaterThanOrEqualTo(stretch.start());
        assertThat(stretch.to()).isGreaterThan(stretch.from()).isLessThanOrEqualTo(end);
        assertThat(end).isLessThanOrEqualTo(side);
        assertThat(stretch.length()).isLessThanOrEqualTo(tile);
        assertThat(stretch.start() % TiledEncoder.GRID_PX).isZero();
        assertThat(stretch.from() % TiledEncoder.GRID_PX).isZero();
        assertThat(stretch.start() == 0 || stretch.from() - stretch.start() >= overlap / 2).as("left border, side %d", side).isTrue();
        assertThat(end == side || end - stretch.to() >= overlap / 2).as("right border, side %d", side).isTrue();
        covered = stretch.to();
      }
      assertThat(covered).isEqualTo(side);
      assertThat(stretches.size() == 1).isEqualTo(side <= tile);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100, 0", "128, 32", "128, 128", "128, -64"})
  void tilesOffTheGridAreRefused(String pair) {
    String[] numbers = pair.split(", ");
    assertThatIllegalArgumentException().isThrownBy(() -> new TiledEncoder(whole, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])))
        .withMessageContaining(numbers[0] + " px");
  }

  @Test
  void whatItWrapsIsNamedAndClosed() {
    assertThat(tiled.engine()).isEqualTo("positions");
    assertThat(tiled.outputs()).isEqualTo(whole.outputs());
    tiled.close();
    assertThat(whole.closed).isTrue();
  }
}
