package io.kerf.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever happens to the bytes, the decoder answers with a picture or a {@link FaultException}, and soon. */
class DamagedImagesTest {
  private static final Duration A_MOMENT = Duration.ofSeconds(3);
  private static final int FLIPPED_COPIES = 250;
  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(1 << 20, 4_000_000));

  @Test
  void everyTruncationIsAFault() {
    samples().forEach((name, whole) -> {
      for (int length = 0; length < whole.length - 1; length += 50) {
        Optional<Fault> fault = fault(Arrays.copyOf(whole, length), name + " cut to " + length);
        assertThat(fault).as("%s cut to %d of %d", name, length, whole.length).isPresent();
        assertThat(fault.get()).isIn(Fault.NO_BODY, Fault.NOT_AN_IMAGE, Fault.IMAGE_TRUNCATED, Fault.IMAGE_TOO_SMALL, Fault.IMAGE_UNSUPPORTED);
      }
    });
  }

  @Test
  void flippedBytesAreAFaultOrAPicture() {
    Random random = new Random(11);
    samples().forEach((name, whole) -> {
      for (int copy = 0; copy < FLIPPED_COPIES; copy++) {
        byte[] damaged = whole.clone();
        // Headers are where the harm is: half of the flips fall there.
        int reach = copy % 2 == 0 ? damaged.length : Math.min(damaged.length, 200);
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          damaged[random.nextInt(reach)] = (byte) random.nextInt(256);
        }
        fault(damaged, name + " copy " + copy);
      }
    });
  }

  @Test
  void flippedBytesInTheDirectoryOfATiffAreAFaultOrAPicture() {
    Random random = new Random(12);
    byte[] whole = EncodedImages.rawTiff(20, 20, new byte[400], 258, 8, 262, 1, 277, 1);
    for (int copy = 0; copy < 2000; copy++) {
      byte[] damaged = whole.clone();
      damaged[8 + random.nextInt(120)] = (byte) random.nextInt(256);
      fault(damaged, "copy " + copy);
    }
  }

  private Optional<Fault> fault(byte[] bytes, String what) {
    long start = System.nanoTime();
    try {
      assertThat(decoder.decode(bytes, 16).picture()).isNotNull();
      return Optional.empty();
    } catch (FaultException fault) {
      return Optional.of(fault.fault());
    } catch (RuntimeException | Error unexpected) {
      throw new AssertionError(what + " ended in " + unexpected, unexpected);
    } finally {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(A_MOMENT);
    }
  }

  private static Map<String, byte[]> samples() {
    BufferedImage noise = EncodedImages.noise(48, 40, 5);
    Map<String, byte[]> samples = new LinkedHashMap<>();
    samples.put("jpeg", EncodedImages.jpeg(noise, 0.8f));
    samples.put("progressive jpeg", EncodedImages.progressiveJpeg(noise));
    samples.put("jpeg with exif", EncodedImages.withExifOrientation(EncodedImages.jpeg(noise, 0.5f), 6));
    samples.put("png", EncodedImages.encode(noise, "png"));
    samples.put("palette png", EncodedImages.encode(EncodedImages.scene(48, 40, BufferedImage.TYPE_BYTE_INDEXED), "png"));
    samples.put("bmp", EncodedImages.encode(noise, "bmp"));
    samples.put("palette bmp", EncodedImages.encode(EncodedImages.scene(48, 40, BufferedImage.TYPE_BYTE_INDEXED), "bmp"));
    samples.put("run-length bmp", EncodedImages.compressed(EncodedImages.scene(48, 40, BufferedImage.TYPE_BYTE_INDEXED), "bmp", "BI_RLE8"));
    samples.put("tiled tiff", EncodedImages.tiledTiff(noise));
    samples.put("tiff", EncodedImages.encode(noise, "tiff"));
    for (String compression : new String[] {"LZW", "Deflate", "PackBits", "JPEG"}) {
      samples.put(compression + " tiff", EncodedImages.compressed(EncodedImages.scene(48, 40, BufferedImage.TYPE_3BYTE_BGR), "tiff", compression));
    }
    return samples;
  }
}
