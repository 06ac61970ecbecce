package io.kerf.inspection;

import java.util.Optional;

/** Where inspections are kept. Durable when {@link #record} returns; called from many threads. */
public interface InspectionLog {
  /**
   * Keeps an inspection with its evidence.
   *
   * @param image the encoded bytes as received
   * @param heatMapPng overlay in the image's own frame, absent where nothing was judged
   */
  void record(Inspection inspection, byte[] image, Optional<byte[]> heatMapPng);
}
