package io.kerf.model;

import io.kerf.encoder.Encoder;

/** Loads the encoder of a bundle onto an engine. */
@FunctionalInterface
public interface EncoderSource {
  /** @throws io.kerf.fault.FaultException {@code ENGINE_UNAVAILABLE} where no engine takes it */
  Encoder open(Bundle bundle);

  /** Always the same engine. @param engine DJL's name of it. @param threads that one inference may use */
  static EncoderSource on(String engine, int threads) {
    return bundle -> Generation.encoder(bundle.folder(), bundle.manifest().encoderOutputs(), bundle.manifest().tiling(), engine, threads);
  }
}
