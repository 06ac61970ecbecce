package io.kerf.encoder;

/**
 * Turns standardised images into features. Safe for many threads at once; owns native memory until closed.
 *
 * <p>Closing while calls are in flight is a mistake of the caller: whoever holds a lease on the generation keeps it open.
 */
public interface Encoder extends AutoCloseable {
  /** Channels of the last stage, and length of an embedding. */
  int CHANNELS = 512;

  /** Width and height of the images it takes, in pixels. */
  int sizePx();

  /** DJL's name of the engine that runs it. */
  String engine();

  /**
   * Encodes a batch.
   *
   * @param images one {@code [3, sizePx, sizePx]} float32 array in row-major order each, standardised; at least one
   * @return one encoding per image, in order
   * @throws io.kerf.fault.FaultException {@code ENGINE_UNAVAILABLE} where the engine fails
   */
  Encoding[] encode(float[]... images);

  @Override
  void close();
}
