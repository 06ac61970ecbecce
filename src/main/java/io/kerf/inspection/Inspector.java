package io.kerf.inspection;

/** Judges frames. The port that sources and the web call; {@code InspectionPipeline} is what stands behind it. */
public interface Inspector {
  /**
   * Judges one frame and records it.
   *
   * @throws io.kerf.fault.FaultException where the bytes are no image this station reads; nothing is recorded then
   */
  Inspection inspect(Frame frame);
}
