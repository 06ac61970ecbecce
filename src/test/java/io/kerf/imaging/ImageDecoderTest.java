package io.kerf.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final int WHOLE = Integer.MAX_VALUE;
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void losslessColourIsReadToTheValue(String format) {
    BufferedImage scene = EncodedImages.scene(40, 30, BufferedImage.TYPE_INT_RGB);
    ImageDecoder.Decoded decoded = decoder.decode(EncodedImages.encode(scene, format), WHOLE);
    assertThat(decoded.format()).isEqualTo(ImageFormat.valueOf(format.toUpperCase(java.util.Locale.ROOT)));
    assertThat(decoded.originalWidthPx()).isEqualTo(40);
    assertThat(decoded.originalHeightPx()).isEqualTo(30);
    assertEqual(decoded.picture(), scene, 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_3BYTE_BGR})
  void everyPngLayoutIsReadToTheValue(int type) {
    BufferedImage scene = EncodedImages.scene(33, 21, type);
    Picture picture = decoder.decode(EncodedImages.encode(scene, "png"), WHOLE).picture();
    if (type == BufferedImage.TYPE_BYTE_GRAY) {
      assertGrey(picture, scene.getRaster(), 255);
    } else {
      assertEqual(picture, scene, 1e-6);
    }
  }

  @Test
  void jpegIsReadToWithinItsLoss() {
    BufferedImage scene = EncodedImages.scene(64, 48, BufferedImage.TYPE_INT_RGB);
    assertEqual(decoder.decode(EncodedImages.jpeg(scene, 1f), WHOLE).picture(), scene, 0.12);
  }

  @Test
  void progressiveJpegIsTheBaselineOne() {
    BufferedImage scene = EncodedImages.scene(64, 48, BufferedImage.TYPE_INT_RGB);
    Picture baseline = decoder.decode(EncodedImages.jpeg(scene, 0.9f), WHOLE).picture();
    Picture progressive = decoder.decode(EncodedImages.progressiveJpeg(scene), WHOLE).picture();
    assertThat(progressive.planes()).containsExactly(baseline.planes(), within(0.01f));
  }

  @Test
  void greyJpegHasThreeEqualPlanes() {
    BufferedImage scene = EncodedImages.scene(64, 48, BufferedImage.TYPE_BYTE_GRAY);
    float[] planes = decoder.decode(EncodedImages.jpeg(scene, 1f), WHOLE).picture().planes();
    int area = 64 * 48;
    assertThat(Arrays.copyOfRange(planes, 0, area)).isEqualTo(Arrays.copyOfRange(planes, area, 2 * area));
    assertThat(Arrays.copyOfRange(planes, 0, area)).isEqualTo(Arrays.copyOfRange(planes, 2 * area, 3 * area));
    assertThat(planes[area / 2]).isCloseTo(scene.getRaster().getSample(0, 24, 0) / 255f, within(0.02f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void sixteenBitGreyKeepsItsSixteenBits(String format) {
    BufferedImage deep = new BufferedImage(32, 24, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 32 * 24; i++) {
      deep.getRaster().setSample(i % 32, i / 32, 0, 4000 + i);
    }
    assertGrey(decoder.decode(EncodedImages.encode(deep, format), WHOLE).picture(), deep.getRaster(), 65535);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void sixteenBitColourKeepsItsSixteenBits(String format) {
    ComponentColorModel model = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(20, 20);
    for (int i = 0; i < 400; i++) {
      raster.setPixel(i % 20, i / 20, new int[] {i * 160, 300 + i, 65535 - i});
    }
    float[] planes = decoder.decode(EncodedImages.encode(new BufferedImage(model, raster, false, null), format), WHOLE).picture().planes();
    assertThat(planes[399]).isCloseTo(399 * 160 / 65535f, within(1e-6f));
    assertThat(planes[400 + 7]).isCloseTo(307 / 65535f, within(1e-7f));
    assertThat(planes[800 + 9]).isCloseTo(65526 / 65535f, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "Deflate", "PackBits", "JPEG"})
  void compressedTiffIsRead(String compression) {
    BufferedImage scene = EncodedImages.scene(48, 40, BufferedImage.TYPE_3BYTE_BGR);
    double loss = compression.equals("JPEG") ? 0.25 : 1e-6;
    assertEqual(decoder.decode(EncodedImages.compressed(scene, "tiff", compression), WHOLE).picture(), scene, loss);
  }

  @Test
  void tilesAndInterlacingMakeNoDifference() {
    BufferedImage scene = EncodedImages.scene(50, 40, BufferedImage.TYPE_INT_RGB);
    assertEqual(decoder.decode(EncodedImages.tiledTiff(scene), WHOLE).picture(), scene, 1e-6);
    assertEqual(decoder.decode(EncodedImages.interlacedPng(scene), WHOLE).picture(), scene, 1e-6);
  }

  @Test
  void cmykTiffBecomesRgb() {
    byte[] inks = new byte[4 * 256];
    inks[0] = (byte) 255;
    float[] planes = decoder.decode(EncodedImages.rawTiff(16, 16, inks, 258, 8, 262, 5, 277, 4), WHOLE).picture().planes();
    assertThat(planes[0]).as("red under cyan ink").isLessThan(0.35f);
    assertThat(planes[512]).as("blue under cyan ink").isGreaterThan(0.6f);
    assertThat(planes[5]).as("no ink").isGreaterThan(0.97f);
  }

  @Test
  void runLengthBmpIsReadToTheValue() {
    BufferedImage scene = EncodedImages.scene(40, 30, BufferedImage.TYPE_BYTE_INDEXED);
    assertEqual(decoder.decode(EncodedImages.compressed(scene, "bmp", "BI_RLE8"), WHOLE).picture(), scene, 1e-6);
  }

  @Test
  void sixteenBitBmpIsScaledByItsBitFields() {
    BufferedImage packed = new BufferedImage(16, 16, BufferedImage.TYPE_USHORT_565_RGB);
    packed.getRaster().setPixel(0, 0, new int[] {31, 63, 31});
    packed.getRaster().setPixel(1, 0, new int[] {10, 21, 0});
    float[] planes = decoder.decode(EncodedImages.compressed(packed, "bmp", "BI_BITFIELDS"), WHOLE).picture().planes();
    assertThat(planes[0]).isEqualTo(1);
    assertThat(planes[1]).isCloseTo(10 / 31f, within(1e-6f));
    assertThat(planes[256 + 1]).isCloseTo(21 / 63f, within(1e-6f));
  }

  @Test
  void tiffWhoseZeroIsWhiteIsTurnedRound() {
    byte[] pixels = new byte[16 * 16];
    pixels[0] = (byte) 255;
    pixels[1] = 51;
    byte[] tiff = EncodedImages.rawTiff(16, 16, pixels, 258, 8, 262, 0, 277, 1);
    float[] planes = decoder.decode(tiff, WHOLE).picture().planes();
    assertThat(planes[0]).isZero();
    assertThat(planes[1]).isCloseTo(0.8f, within(1e-6f));
    assertThat(planes[2]).isEqualTo(1);
  }

  @Test
  void transparentPixelsLieOverWhite() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xFF204060);
    image.setRGB(1, 0, 0x80204060);
    float[] planes = decoder.decode(EncodedImages.encode(image, "png"), WHOLE).picture().planes();
    assertThat(planes[0]).isCloseTo(0x20 / 255f, within(1e-6f));
    assertThat(planes[1]).isCloseTo(0x20 / 255f * 0x80 / 255f + 1 - 0x80 / 255f, within(1e-5f));
    assertThat(planes[2]).isEqualTo(1);
  }

  @Test
  void transparentPaletteEntriesLieOverWhite() {
    byte[] ramp = {0, 100, (byte) 200};
    IndexColorModel palette = new IndexColorModel(8, 3, ramp, ramp, ramp, new byte[] {(byte) 255, 0, (byte) 255});
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSample(0, 0, 0, 1);
    image.getRaster().setSample(1, 0, 0, 2);
    float[] planes = decoder.decode(EncodedImages.encode(image, "png"), WHOLE).picture().planes();
    assertThat(planes[0]).isEqualTo(1);
    assertThat(planes[1]).isCloseTo(200 / 255f, within(1e-6f));
    assertThat(planes[2]).isZero();
  }

  @Test
  void alphaOfNothingButZerosIsTakenAsNone() {
    BufferedImage image = EncodedImages.scene(16, 16, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, image.getRGB(i % 16, i / 16) & 0xFFFFFF);
    }
    float[] planes = decoder.decode(EncodedImages.encode(image, "png"), WHOLE).picture().planes();
    assertThat(planes[15]).isCloseTo((image.getRGB(15, 0) >> 16 & 0xFF) / 255f, within(1e-6f));
  }

  @Test
  void cmykJpegBecomesRgb() {
    WritableRaster inverted = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 32, 4, null);
    for (int i = 0; i < 1024; i++) {
      // Left half: no ink, which is white. Right half: full cyan.
      inverted.setPixel(i % 32, i / 32, new int[] {i % 32 < 16 ? 255 : 0, 255, 255, 255});
    }
    float[] planes = decoder.decode(EncodedImages.cmykJpeg(inverted), 4).picture().planes();
    int side = (int) Math.sqrt(planes.length / 3.0);
    int area = side * side;
    assertThat(planes[0]).isGreaterThan(0.97f);
    assertThat(planes[2 * area]).isGreaterThan(0.97f);
    assertThat(planes[side - 1]).as("red under cyan ink").isLessThan(0.35f);
    assertThat(planes[2 * area + side - 1]).as("blue under cyan ink").isGreaterThan(0.6f);
  }

  @Test
  void aColourProfileDoesNotChangeTheValues() {
    BufferedImage scene = EncodedImages.scene(64, 48, BufferedImage.TYPE_INT_RGB);
    byte[] plain = EncodedImages.jpeg(scene, 0.9f);
    byte[] damagedProfile = {(byte) 0xFF, (byte) 0xE2, 0, 20, 'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, 1, 1, 7, 7, 7, 7};
    Picture with = decoder.decode(EncodedImages.insert(plain, 2, damagedProfile), WHOLE).picture();
    assertThat(with.planes()).isEqualTo(decoder.decode(plain, WHOLE).picture().planes());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyExifOrientationStandsUpright(int orientation) {
    BufferedImage scene = EncodedImages.scene(48, 32, BufferedImage.TYPE_INT_RGB);
    byte[] jpeg = EncodedImages.withExifOrientation(EncodedImages.jpeg(scene, 1f), orientation);
    byte[] png = EncodedImages.withExifChunk(EncodedImages.encode(scene, "png"), orientation);
    byte[] tiff = EncodedImages.rawTiff(48, 32, greyBytes(scene), 258, 8, 262, 1, 277, 1, 274, orientation);
    for (byte[] encoded : new byte[][] {jpeg, png, tiff}) {
      ImageDecoder.Decoded decoded = decoder.decode(encoded, WHOLE);
      boolean swapped = orientation >= 5;
      assertThat(decoded.originalWidthPx()).isEqualTo(swapped ? 32 : 48);
      assertThat(decoded.picture().height()).isEqualTo(swapped ? 48 : 32);
      assertThat(brightCorner(decoded.picture())).isEqualTo(cornerOf(orientation));
      assertThat(risesInRed(decoded.picture())).as("the sides are where they belong").isEqualTo(orientation <= 4);
    }
  }

  @Test
  void largeImagesOfEveryFormatComeReducedButNeverBelowWhatIsNeeded() {
    BufferedImage scene = EncodedImages.scene(403, 301, BufferedImage.TYPE_3BYTE_BGR);
    for (byte[] encoded : new byte[][] {EncodedImages.encode(scene, "png"), EncodedImages.encode(scene, "bmp"), EncodedImages.encode(scene, "tiff"),
        EncodedImages.jpeg(scene, 0.95f)}) {
      ImageDecoder.Decoded decoded = decoder.decode(encoded, 64);
      assertThat(decoded.originalWidthPx()).isEqualTo(403);
      assertThat(decoded.originalHeightPx()).isEqualTo(301);
      assertThat(decoded.picture().height()).isBetween(64, 127);
      assertThat(decoded.picture().width() / (double) decoded.picture().height()).isCloseTo(403 / 301.0, within(0.02));
      assertThat(decoder.decode(encoded, 151).picture().width()).as("less than twice too large").isEqualTo(403);
    }
  }

  @Test
  void blocksAreAveraged() {
    BufferedImage image = new BufferedImage(34, 34, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 34 * 34; i++) {
      image.getRaster().setSample(i % 34, i / 34, 0, (i % 34 * 7 + i / 34 * 3) % 256);
    }
    Picture picture = decoder.decode(EncodedImages.encode(image, "png"), 16).picture();
    assertThat(picture.width()).isEqualTo(17);
    int sum = image.getRaster().getSample(4, 6, 0) + image.getRaster().getSample(5, 6, 0) + image.getRaster().getSample(4, 7, 0)
        + image.getRaster().getSample(5, 7, 0);
    assertThat(picture.planes()[3 * 17 + 2]).isCloseTo(sum / 4f / 255, within(1e-6f));
  }

  @Test
  void readersAreFoundWhateverTheContextClassLoader() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(null);
    try {
      BufferedImage scene = EncodedImages.scene(20, 20, BufferedImage.TYPE_INT_RGB);
      for (String format : new String[] {"png", "bmp", "tiff", "jpeg"}) {
        assertThat(decoder.decode(EncodedImages.encode(scene, format), WHOLE).picture().width()).isEqualTo(20);
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static byte[] greyBytes(BufferedImage scene) {
    byte[] grey = new byte[scene.getWidth() * scene.getHeight()];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) (scene.getRGB(i % scene.getWidth(), i / scene.getWidth()) >> 16);
    }
    return grey;
  }

  /** Where the stored upper left corner belongs, by the definition of the tag: "left"/"right" and "top"/"bottom". */
  private static String cornerOf(int orientation) {
    return switch (orientation) {
      case 1, 5 -> "top left";
      case 2, 6 -> "top right";
      case 3, 7 -> "bottom right";
      default -> "bottom left";
    };
  }

  private static String brightCorner(Picture picture) {
    int right = picture.width() - 1;
    int bottom = (picture.height() - 1) * picture.width();
    float[] values = picture.planes();
    String[] names = {"top left", "top right", "bottom left", "bottom right"};
    int[] at = {0, right, bottom, bottom + right};
    int best = 0;
    for (int i = 1; i < 4; i++) {
      if (values[at[i]] > values[at[best]]) {
        best = i;
      }
    }
    return names[best];
  }

  /** Whether red changes along upright rows (sides kept) rather than along columns (sides swapped). */
  private static boolean risesInRed(Picture picture) {
    int width = picture.width();
    int row = picture.height() / 2 * width;
    float across = Math.abs(picture.planes()[row + width - 1 - width / 8] - picture.planes()[row + width / 8]);
    float down = Math.abs(picture.planes()[(picture.height() - 1 - picture.height() / 8) * width + width / 2]
        - picture.planes()[picture.height() / 8 * width + width / 2]);
    return across > down;
  }

  private static void assertEqual(Picture picture, BufferedImage expected, double tolerance) {
    assertThat(picture.width()).isEqualTo(expected.getWidth());
    assertThat(picture.height()).isEqualTo(expected.getHeight());
    int area = picture.width() * picture.height();
    for (int i = 0; i < area; i++) {
      int rgb = expected.getRGB(i % picture.width(), i / picture.width());
      for (int channel = 0; channel < 3; channel++) {
        assertThat(picture.planes()[channel * area + i]).isCloseTo((rgb >> (16 - 8 * channel) & 0xFF) / 255f, within((float) tolerance));
      }
    }
  }

  private static void assertGrey(Picture picture, Raster expected, float max) {
    int area = picture.width() * picture.height();
    for (int i = 0; i < 3 * area; i++) {
      int pixel = i % area;
      float value = expected.getSample(pixel % picture.width(), pixel / picture.width(), 0) / max;
      assertThat(picture.planes()[i]).isCloseTo(value, within(1e-7f));
    }
  }
}
