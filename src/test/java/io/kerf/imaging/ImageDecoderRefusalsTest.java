package io.kerf.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderRefusalsTest {
  private static final BufferedImage SCENE = EncodedImages.scene(40, 30, BufferedImage.TYPE_INT_RGB);

  @Test
  void noBytesAreNoBody() {
    assertThat(refusal(new byte[0]).fault()).isEqualTo(Fault.NO_BODY);
  }

  @Test
  void garbageIsNotAnImage() {
    assertThat(refusal("these are not the pixels you are looking for".getBytes(StandardCharsets.UTF_8)).fault()).isEqualTo(Fault.NOT_AN_IMAGE);
    assertThat(refusal(new byte[4000]).fault()).isEqualTo(Fault.NOT_AN_IMAGE);
    assertThat(refusal(new byte[] {1}).fault()).isEqualTo(Fault.NOT_AN_IMAGE);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "GIF89a............|GIF", "RIFF....WEBPVP8 ....|WebP", "%PDF-1.7 .........|PDF", "....ftypheic....|HEIC", "....ftypavif....|AVIF",
      "....ftypisom....|video", "8BPS............|Photoshop", "....jP  .......|JPEG 2000", "....JXL .......|JPEG XL", "P6 640 480 255 ..|Netpbm",
      "<svg xmlns='http://www.w3.org/2000/svg'/>|SVG"})
  void otherFormatsAreNamed(String bytes, String name) {
    FaultException refusal = refusal(bytes.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusal.fault()).isEqualTo(Fault.IMAGE_UNSUPPORTED);
    assertThat(refusal.detail()).contains(name).contains("Send JPEG, PNG, BMP or TIFF");
  }

  @Test
  void aBombIsRefusedByItsHeader() {
    byte[] bomb = EncodedImages.pngHeader(100_000, 100_000);
    Runtime runtime = Runtime.getRuntime();
    long before = runtime.totalMemory() - runtime.freeMemory();
    FaultException refusal = refusal(bomb);
    assertThat(refusal.fault()).isEqualTo(Fault.IMAGE_TOO_LARGE);
    assertThat(refusal.detail()).contains("100000×100000");
    assertThat(runtime.totalMemory() - runtime.freeMemory() - before).isLessThan(16L << 20);
  }

  @Test
  void sizesBeyondAnIntegerAreTooLarge() {
    assertThat(refusal(EncodedImages.pngHeader(-1, -1)).fault()).isEqualTo(Fault.IMAGE_TOO_LARGE);
    assertThat(refusal(EncodedImages.rawTiff(-1, -1, new byte[1])).fault()).isEqualTo(Fault.IMAGE_TOO_LARGE);
  }

  @Test
  void limitsHoldAtTheirEdge() {
    byte[] png = EncodedImages.encode(SCENE, "png");
    assertThat(new ImageDecoder(new ImageLimits(png.length, 1200)).decode(png, 16).originalWidthPx()).isEqualTo(40);
    assertThat(refusal(new ImageDecoder(new ImageLimits(png.length, 1199)), png).fault()).isEqualTo(Fault.IMAGE_TOO_LARGE);
    assertThat(refusal(new ImageDecoder(new ImageLimits(png.length - 1, 1200)), png).fault()).isEqualTo(Fault.IMAGE_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff", "jpeg"})
  void fewerThanSixteenPixelsASideAreTooFew(String format) {
    byte[] small = EncodedImages.encode(EncodedImages.scene(15, 40, BufferedImage.TYPE_INT_RGB), format);
    assertThat(refusal(small).fault()).isEqualTo(Fault.IMAGE_TOO_SMALL);
    byte[] least = EncodedImages.encode(EncodedImages.scene(16, 16, BufferedImage.TYPE_INT_RGB), format);
    assertThat(new ImageDecoder(ImageLimits.DEFAULT).decode(least, 16).originalHeightPx()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "jpeg", "tiff"})
  void imagesCutShortAreRefusedAsSuch(String format) {
    byte[] whole = EncodedImages.encode(EncodedImages.noise(80, 60, 7), format);
    assertThat(refusal(Arrays.copyOf(whole, whole.length * 2 / 3)).fault()).isEqualTo(Fault.IMAGE_TRUNCATED);
    assertThat(refusal(Arrays.copyOf(whole, whole.length - 2)).fault()).isEqualTo(Fault.IMAGE_TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 1000})
  void aJpegWhoseMiddleIsMissingIsNotFilledWithGrey(int needed) {
    byte[] whole = EncodedImages.jpeg(EncodedImages.noise(160, 120, 7), 0.9f);
    byte[] ended = Arrays.copyOf(whole, whole.length / 2 + 2);
    ended[ended.length - 2] = (byte) 0xFF;
    ended[ended.length - 1] = (byte) 0xD9;
    FaultException refusal = catchThrowableOfType(FaultException.class, () -> new ImageDecoder(ImageLimits.DEFAULT).decode(ended, needed));
    assertThat(refusal).isNotNull();
    assertThat(refusal.fault()).isEqualTo(Fault.IMAGE_TRUNCATED);
  }

  @Test
  void paddingBehindAJpegsDataIsHarmless() {
    byte[] jpeg = EncodedImages.jpeg(SCENE, 0.9f);
    byte[] padded = EncodedImages.insert(EncodedImages.insert(jpeg, jpeg.length - 2, new byte[] {0x11}), jpeg.length + 1, new byte[100]);
    assertThat(new ImageDecoder(ImageLimits.DEFAULT).decode(padded, 1000).originalWidthPx()).isEqualTo(40);
  }

  @Test
  void aPngWithAWrongChecksumIsDamaged() {
    byte[] png = EncodedImages.encode(SCENE, "png");
    png[60] ^= 1;
    FaultException refusal = refusal(png);
    assertThat(refusal.fault()).isEqualTo(Fault.NOT_AN_IMAGE);
    assertThat(refusal.detail()).contains("checksum");
  }

  @Test
  void severalPicturesInOneFileAreRefused() {
    byte[] png = EncodedImages.encode(SCENE, "png");
    byte[] animated = EncodedImages.insert(png, 33, EncodedImages.chunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0}));
    assertThat(refusal(animated).detail()).contains("animated");
    byte[] pages = twoPages(0);
    assertThat(refusal(pages).detail()).contains("several pages");
    assertThat(new ImageDecoder(ImageLimits.DEFAULT).decode(twoPages(1), 1000).originalWidthPx()).as("the second is a thumbnail").isEqualTo(16);
  }

  @Test
  void tiffSamplesWithoutAnAgreedWhiteAreRefused() {
    assertThat(refusal(EncodedImages.rawTiff(16, 16, new byte[1024], 258, 32, 262, 1, 277, 1, 339, 3)).detail()).contains("floating-point");
    assertThat(refusal(EncodedImages.rawTiff(16, 16, new byte[512], 258, 12, 262, 1, 277, 1)).detail()).contains("12 bits");
  }

  @Test
  void jpegKindsNobodyReadsAreNamed() {
    byte[] jpeg = EncodedImages.jpeg(SCENE, 0.9f);
    int frame = indexOf(jpeg, 0xC0);
    jpeg[frame + 1] = (byte) 0xC3;
    assertThat(refusal(jpeg).detail()).contains("lossless");
    jpeg[frame + 1] = (byte) 0xC1;
    jpeg[frame + 4] = 12;
    assertThat(refusal(jpeg).detail()).contains("12 bits");
    jpeg[frame + 4] = 8;
    jpeg[frame + 1] = (byte) 0xC9;
    assertThat(refusal(jpeg).fault()).isEqualTo(Fault.IMAGE_UNSUPPORTED);
  }

  @Test
  void aJpegInABmpIsRefused() {
    byte[] bmp = EncodedImages.encode(SCENE, "bmp");
    bmp[30] = 4;
    assertThat(refusal(bmp).fault()).isEqualTo(Fault.IMAGE_UNSUPPORTED);
  }

  @Test
  void everyDetailSaysWhatToDo() {
    assertThat(refusal(new byte[0]).detail()).contains("Send");
    assertThat(refusal(EncodedImages.pngHeader(5, 5)).detail()).contains("Check");
  }

  private static byte[] twoPages(int secondSubfileType) {
    byte[] first = EncodedImages.rawTiff(16, 16, new byte[256], 258, 8, 262, 1, 277, 1);
    byte[] second = EncodedImages.rawTiff(16, 16, new byte[256], 258, 8, 262, 1, 254, secondSubfileType);
    byte[] both = EncodedImages.insert(first, first.length, second);
    int next = 8 + 2 + 9 * 12;
    java.nio.ByteBuffer.wrap(both).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(next, first.length + 8);
    return both;
  }

  private static int indexOf(byte[] jpeg, int marker) {
    for (int i = 0; ; i++) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) marker) {
        return i;
      }
    }
  }

  private static FaultException refusal(byte[] bytes) {
    return refusal(new ImageDecoder(ImageLimits.DEFAULT), bytes);
  }

  private static FaultException refusal(ImageDecoder decoder, byte[] bytes) {
    FaultException refusal = catchThrowableOfType(FaultException.class, () -> decoder.decode(bytes, 1000));
    assertThat(refusal).as("refused").isNotNull();
    return refusal;
  }
}
