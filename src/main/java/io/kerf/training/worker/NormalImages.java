package io.kerf.training.worker;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.training.TrainingOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The good parts at network resolution, as bytes: {@code [3,H,W]} planes each, so that ten thousand at 128 px need half a gigabyte. */
final class NormalImages {
  private final byte[][] planes;

  private NormalImages(byte[][] planes) {
    this.planes = planes;
  }

  /**
   * Decodes and frames every image of the order.
   *
   * @throws FaultException naming the file that cannot be read
   */
  static NormalImages load(TrainingOrder order) {
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    Preprocessing preprocessing = order.preprocessing();
    byte[][] planes = order.images().stream().map(Path::of).parallel().map(file -> frame(file, decoder, preprocessing)).toArray(byte[][]::new);
    if (planes.length == 0) {
      throw new FaultException(Fault.TOO_FEW_NORMALS, "There is no good part to train on. Give at least one image.");
    }
    return new NormalImages(planes);
  }

  private static byte[] frame(Path file, ImageDecoder decoder, Preprocessing preprocessing) {
    try {
      Picture framed = preprocessing.frame(decoder.decode(Files.readAllBytes(file), preprocessing.neededShortSidePx()).picture());
      float[] values = framed.planes();
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Math.round(255 * values[i]);
      }
      return bytes;
    } catch (FaultException e) {
      throw new FaultException(e.fault(), file + ": " + e.detail(), e);
    } catch (IOException e) {
      throw new FaultException(Fault.NOT_FOUND, file + " cannot be read: " + e + ". Check that it is still there.", e);
    }
  }

  /** Images that are already framed: {@code [3,H,W]} bytes each. */
  static NormalImages of(byte[][] planes) {
    return new NormalImages(planes);
  }

  int count() {
    return planes.length;
  }

  byte[] get(int index) {
    return planes[index];
  }

  /** Bytes 0…255 as shares 0…1. */
  static void toShares(byte[] bytes, float[] shares) {
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (bytes[i] & 0xff) / 255f;
    }
  }

  /** As inspection would feed it to the encoder: {@code [3,H,W]} standardised. */
  float[] standardised(int index, Preprocessing preprocessing) {
    float[] values = new float[planes[index].length];
    toShares(planes[index], values);
    preprocessing.standardise(values);
    return values;
  }
}
