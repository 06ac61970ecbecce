package io.kerf.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One line of JSON on the training process's standard output. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = WorkerEvent.Alive.class, name = "alive"),
    @JsonSubTypes.Type(value = WorkerEvent.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = WorkerEvent.Stage.class, name = "stage"),
    @JsonSubTypes.Type(value = WorkerEvent.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = WorkerEvent.Failed.class, name = "failed")})
public sealed interface WorkerEvent {
  /** @param resumedAt the step it goes on from; 0 for a new start */
  record Started(String engine, int threads, int images, long resumedAt) implements WorkerEvent {}

  /**
   * @param share of the whole that is done, 0…1
   * @param loss cross entropy of the pretext task, mean over the last steps
   * @param accuracy share of pretext images named right, mean over the last steps
   * @param imagesPerSecond altered and untouched images together
   */
  record Progress(long step, double share, double loss, double accuracy, double imagesPerSecond, double elapsedSeconds,
      double remainingSeconds) implements WorkerEvent {}

  /** Nothing new, but the process runs. Every few seconds. */
  record Alive() implements WorkerEvent {}

  /** Enters a stage: {@code load}, {@code train}, {@code settle}, {@code export}. */
  record Stage(String name) implements WorkerEvent {}

  /**
   * The files are written and checked.
   *
   * @param stepSeconds median wall time of a step
   * @param augmentationShare of the stepping time that went into drawing and altering images
   * @param onnxRelativeError largest difference between the ONNX encoder and DJL's forward on real images, relative to the largest value
   */
  record Finished(long steps, double seconds, double stepSeconds, double augmentationShare, double onnxRelativeError,
      boolean stoppedEarly) implements WorkerEvent {}

  /** Coded failure; the process ends with a non-zero exit code after it. */
  record Failed(String code, String detail) implements WorkerEvent {}
}
