package io.kerf.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReducedJpegTest {
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

  @ParameterizedTest
  @CsvSource({"255,256,1", "256,256,1", "511,256,1", "512,256,2", "1023,256,2", "1080,256,4", "2048,256,8", "5000,256,8", "5000,2147483647,1"})
  void theReductionIsTheLargestThatLeavesWhatIsNeeded(long shortSide, int needed, int reduction) {
    assertThat(ReducedJpeg.reductionFor(shortSide, needed)).isEqualTo(reduction);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void aReducedPictureIsTheAverageOfTheWholeOne(int reduction) {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
      byte[] jpeg = EncodedImages.jpeg(EncodedImages.scene(640, 512, type), 0.95f);
      Optional<Picture> reduced = ReducedJpeg.decode(jpeg, reduction);
      assertThat(reduced).as("the native library loads on this platform").isPresent();
      Picture whole = decoder.decode(jpeg, Integer.MAX_VALUE).picture();
      Picture averaged = Preprocessing.square(64, Fit.SQUASH, Optional.empty(), Photometric.perImage()).frame(whole);
      Picture framed = Preprocessing.square(64, Fit.SQUASH, Optional.empty(), Photometric.perImage()).frame(reduced.get());
      assertThat(framed.planes()).containsExactly(averaged.planes(), within(0.02f));
    }
  }

  @Test
  void fineStripesAreAveragedAwayAndNotAliased() {
    BufferedImage stripes = new BufferedImage(512, 512, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 512 * 512; i++) {
      stripes.getRaster().setSample(i % 512, i / 512, 0, i % 3 == 0 ? 255 : 0);
    }
    Picture reduced = decoder.decode(EncodedImages.jpeg(stripes, 0.95f), 64).picture();
    assertThat(reduced.width()).isEqualTo(64);
    for (float value : reduced.planes()) {
      assertThat(value).isCloseTo(1 / 3f, within(0.08f));
    }
  }

  @Test
  void sidesThatAreNoMultipleAreRoundedUpAndTheOriginalSizeIsKept() {
    ImageDecoder.Decoded decoded = decoder.decode(EncodedImages.jpeg(EncodedImages.scene(803, 601, BufferedImage.TYPE_INT_RGB), 0.9f), 100);
    assertThat(decoded.picture().width()).isEqualTo(201);
    assertThat(decoded.picture().height()).isEqualTo(151);
    assertThat(decoded.originalWidthPx()).isEqualTo(803);
    assertThat(decoded.originalHeightPx()).isEqualTo(601);
  }

  @Test
  void orientationHoldsAtReducedScaleToo() {
    byte[] jpeg = EncodedImages.withExifOrientation(EncodedImages.jpeg(EncodedImages.scene(640, 480, BufferedImage.TYPE_INT_RGB), 0.9f), 6);
    ImageDecoder.Decoded decoded = decoder.decode(jpeg, 100);
    assertThat(decoded.originalWidthPx()).isEqualTo(480);
    assertThat(decoded.picture().width()).isEqualTo(120);
    assertThat(decoded.picture().height()).isEqualTo(160);
    assertThat(decoded.picture().planes()[119 - 10]).as("the bright corner is at the upper right").isGreaterThan(0.9f);
  }

  @Test
  void largeCmykJpegsAreReducedByAveraging() {
    WritableRaster inverted = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 256, 256, 4, null);
    int[] white = {255, 255, 255, 255};
    for (int i = 0; i < 256 * 256; i++) {
      inverted.setPixel(i % 256, i / 256, white);
    }
    Picture picture = decoder.decode(EncodedImages.cmykJpeg(inverted), 64).picture();
    assertThat(picture.width()).isEqualTo(64);
    assertThat(picture.planes()[2000]).isGreaterThan(0.97f);
  }

  @Test
  void manyThreadsDecodeAtOnceAndGetTheSame() {
    byte[] jpeg = EncodedImages.jpeg(EncodedImages.noise(640, 480, 3), 0.9f);
    float[] alone = decoder.decode(jpeg, 100).picture().planes();
    assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> decoder.decode(jpeg, 100).picture().planes()))
        .allSatisfy(planes -> assertThat(planes).isEqualTo(alone));
  }
}
