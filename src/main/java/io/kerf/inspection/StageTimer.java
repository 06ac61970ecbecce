package io.kerf.inspection;

import io.kerf.inspection.Inspection.Timings;
import io.kerf.model.PartJudge;

/** Splits the wall time of one inspection into its stages, by a monotonic clock. */
final class StageTimer implements PartJudge.StageClock {
  private final long begun = System.nanoTime();
  private final double[] millis = new double[PartJudge.Stage.values().length];
  private long last = begun;
  private double decode;

  void decoded() {
    decode = lap();
  }

  @Override
  public void ended(PartJudge.Stage stage) {
    millis[stage.ordinal()] += lap();
  }

  /** Before the record is written: its own time is not in it. */
  Timings soFar() {
    return timings(0);
  }

  Timings recorded() {
    return timings(lap());
  }

  private Timings timings(double record) {
    return new Timings(decode + millis[PartJudge.Stage.FRAME.ordinal()], millis[PartJudge.Stage.ENCODE.ordinal()],
        millis[PartJudge.Stage.SCORE.ordinal()], millis[PartJudge.Stage.HEAT_MAP.ordinal()], record, (System.nanoTime() - begun) / 1e6);
  }

  private double lap() {
    long now = System.nanoTime();
    double took = (now - last) / 1e6;
    last = now;
    return took;
  }
}
