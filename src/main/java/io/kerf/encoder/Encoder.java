package io.kerf.encoder;

import java.util.Set;

/**
 * Turns standardised images into features. Safe for many threads at once; owns native memory until closed.
 *
 * <p>Closing while calls are in flight is a mistake of the caller: whoever holds a lease on the generation keeps it open.
 */
public interface Encoder extends AutoCloseable {
  /** Channels of the last stage, and length of an embedding. */
  int CHANNELS = 512;

  /** What it gives of each image. */
  Set<EncoderOutput> outputs();

  /** DJL's name of the engine that runs it. */
  String engine();

  /**
   * Encodes a batch of images of one size.
   *
   * @param widthPx of every image, at least 32
   * @param heightPx of every image, at least 32
   * @param images one {@code [3, heightPx, widthPx]} float32 array in row-major order each, standardised; at least one
   * @return one encoding per image, in order
   * @throws io.kerf.fault.FaultException {@code ENGINE_UNAVAILABLE} where the engine fails
   */
  Encoding[] encode(int widthPx, int heightPx, float[]... images);

  @Override
  void close();
}
