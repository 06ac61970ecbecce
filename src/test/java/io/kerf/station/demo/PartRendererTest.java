package io.kerf.station.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PartRendererTest {
  @Test
  void sameSeedGivesTheSamePicturesAndAnotherSeedOthers() {
    PartRenderer first = new PartRenderer(5, 256, 192);
    PartRenderer second = new PartRenderer(5, 256, 192);
    PartRenderer other = new PartRenderer(6, 256, 192);
    for (int part = 0; part < 6; part++) {
      RenderedPart drawn = first.next(part % 2 == 1);
      RenderedPart again = second.next(part % 2 == 1);
      assertThat(again.jpeg()).isEqualTo(drawn.jpeg());
      assertThat(again.defectKind()).isEqualTo(drawn.defectKind());
      assertThat(other.next(part % 2 == 1).jpeg()).isNotEqualTo(drawn.jpeg());
    }
  }

  @Test
  void picturesDecodeToTheSizeAskedFor() throws IOException {
    assertThat(decoded(new PartRenderer(1, 512, 384).next(false))).extracting(BufferedImage::getWidth, BufferedImage::getHeight)
        .containsExactly(512, 384);
    assertThat(decoded(new PartRenderer(1, 101, 301).next(true))).extracting(BufferedImage::getWidth, BufferedImage::getHeight)
        .containsExactly(101, 301);
  }

  @Test
  void aSpoiledPartDiffersFromTheSamePartUnspoiledInOnePlaceOnly() throws IOException {
    PartRenderer good = new PartRenderer(3, 512, 384);
    PartRenderer bad = new PartRenderer(3, 512, 384);
    for (int part = 0; part < 40; part++) {
      BufferedImage sound = decoded(good.next(false));
      RenderedPart spoiled = bad.next(true);
      double share = shareOfPixelsApart(sound, decoded(spoiled), 12);
      assertThat(share).as(spoiled.defectKind().orElseThrow()).isBetween(0.00005, 0.05);
    }
  }

  @Test
  void everyKindOfDefectOccurs() {
    PartRenderer renderer = new PartRenderer(2, 128, 96);
    Set<String> seen = new HashSet<>();
    for (int part = 0; part < 150; part++) {
      seen.add(renderer.next(true).defectKind().orElseThrow());
    }
    assertThat(seen).isEqualTo(Arrays.stream(DefectKind.values()).map(DefectKind::label).collect(Collectors.toSet()));
  }

  @Test
  void spoilsTheShareAskedFor() {
    PartRenderer renderer = new PartRenderer(4, 128, 96);
    int spoiled = 0;
    for (int part = 0; part < 500; part++) {
      spoiled += renderer.nextOf(0.2).defective() ? 1 : 0;
    }
    assertThat(spoiled).isBetween(70, 130);
    assertThat(renderer.nextOf(0).defective()).isFalse();
    assertThat(renderer.nextOf(1).defective()).isTrue();
  }

  @Test
  void numbersItsParts() {
    PartRenderer renderer = new PartRenderer(1, 128, 96);
    assertThat(renderer.next(false).partId()).isEqualTo("DEMO-000001");
    assertThat(renderer.nextOf(0.5).partId()).isEqualTo("DEMO-000002");
  }

  @Test
  void brightnessAndPlaceVaryWithinBoundsFromPartToPart() throws IOException {
    PartRenderer renderer = new PartRenderer(8, 256, 192);
    double darkest = 255;
    double brightest = 0;
    for (int part = 0; part < 40; part++) {
      double mean = meanGreen(decoded(renderer.next(false)));
      darkest = Math.min(darkest, mean);
      brightest = Math.max(brightest, mean);
    }
    assertThat(darkest).isGreaterThan(50);
    assertThat(brightest).isBetween(darkest + 3, darkest + 25);
  }

  @Test
  void memoryStaysLevel() {
    PartRenderer renderer = new PartRenderer(9, 256, 192);
    render(renderer, 50);
    long before = usedBytes();
    render(renderer, 400);
    assertThat(usedBytes() - before).isLessThan(8 << 20);
  }

  @Test
  void refusesPicturesTooSmallToShowThePart() {
    assertThatThrownBy(() -> new PartRenderer(1, 512, 95)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pictures of 512×95 px are under 96 px");
  }

  private static void render(PartRenderer renderer, int parts) {
    for (int part = 0; part < parts; part++) {
      renderer.nextOf(0.5);
    }
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static BufferedImage decoded(RenderedPart part) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(part.jpeg()));
  }

  private static double shareOfPixelsApart(BufferedImage one, BufferedImage other, int levels) {
    int apart = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        apart += Math.abs(green(one, x, y) - green(other, x, y)) > levels ? 1 : 0;
      }
    }
    return apart / (double) (one.getWidth() * one.getHeight());
  }

  private static double meanGreen(BufferedImage image) {
    double sum = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        sum += green(image, x, y);
      }
    }
    return sum / (image.getWidth() * image.getHeight());
  }

  private static int green(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >> 8 & 0xff;
  }
}
