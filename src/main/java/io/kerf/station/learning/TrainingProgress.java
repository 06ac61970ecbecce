package io.kerf.station.learning;

import io.kerf.station.StationStatus;
import io.kerf.station.StationStatus.CurvePoint;
import io.kerf.training.WorkerEvent;
import java.util.ArrayList;
import java.util.List;

/** Follows a training process for the page: keeps the last figures and a curve of bounded length. */
public final class TrainingProgress {
  private static final int CURVE_POINTS = 240;

  private final List<CurvePoint> curve = new ArrayList<>();
  private String stage = "load";
  private WorkerEvent.Progress last = new WorkerEvent.Progress(0, 0, 0, 0, 0, 0, 0);

  public synchronized void heard(WorkerEvent event) {
    if (event instanceof WorkerEvent.Stage entered) {
      stage = entered.name();
    } else if (event instanceof WorkerEvent.Progress progress) {
      last = progress;
      if (curve.size() == CURVE_POINTS) {
        List<CurvePoint> half = new ArrayList<>();
        for (int i = 1; i < curve.size(); i += 2) {
          half.add(curve.get(i));
        }
        curve.clear();
        curve.addAll(half);
      }
      curve.add(new CurvePoint(progress.step(), progress.elapsedSeconds(), progress.loss(), progress.accuracy()));
    }
  }

  /** The present figures; empty curve and zeros before the first. */
  public synchronized StationStatus.Training status() {
    return new StationStatus.Training(stage, last.step(), last.share(), last.loss(), last.accuracy(), last.imagesPerSecond(),
        last.elapsedSeconds(), last.remainingSeconds(), List.copyOf(curve));
  }
}
