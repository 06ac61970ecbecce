package io.kerf.training;

import io.kerf.encoder.EncoderOutput;
import io.kerf.imaging.Preprocessing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the training process is asked to do; handed to it as a JSON file.
 *
 * @param images files of good parts to learn from; never those held out for calibration
 * @param preprocessing the same that inspection will use; its photometric step is applied after the pretext alteration
 * @param lesson what to learn
 * @param length when to stop; {@link Length.Untrained} exports the random initialisation
 * @param seed of initial weights, order of images and alterations
 * @param threads of PyTorch
 * @param startFrom weights to start from instead of random ones
 * @param memoryBytes resident memory at which training ends with {@code training-out-of-memory}
 * @param checkpointSeconds between checkpoints; a job found with a checkpoint goes on from it
 */
public record TrainingOrder(
    List<String> images,
    Preprocessing preprocessing,
    Lesson lesson,
    Length length,
    long seed,
    int threads,
    Optional<Start> startFrom,
    long memoryBytes,
    double checkpointSeconds) {

  /**
   * Weights to start from, a safetensors file with torchvision's names.
   *
   * @param whole false for weights from elsewhere: of the backbone alone, fine-tuned in the paper's two phases. True for the encoder of an
   *     earlier bundle, with its dense head: learning goes on with it
   */
  public record Start(String file, boolean whole) {}

  /** Momentum of the SGD (the paper, section 4.1). */
  public static final float MOMENTUM = 0.9f;

  /** Name of the order in a job's folder; the results stand beside it. */
  public static final String FILE = "order.json";

  /** Enough for 16 images three ways at 256 px. */
  public static final long DEFAULT_MEMORY_BYTES = 5L << 30;

  private static final double CHECKPOINT_SECONDS = 30;

  /** Random weights, no limit but the default ones. @param threads of PyTorch */
  public static TrainingOrder of(Lesson lesson, Preprocessing preprocessing, Length length, long seed, int threads) {
    return new TrainingOrder(List.of(), preprocessing, lesson, length, seed, threads, Optional.empty(), DEFAULT_MEMORY_BYTES, CHECKPOINT_SECONDS);
  }

  /** CutPaste as published, on whole images squashed to a square. */
  public static TrainingOrder pooled(int sizePx, Length length, long seed, int threads) {
    return of(Lesson.pooled(), Preprocessing.ofSize(sizePx), length, seed, threads);
  }

  /** Stands for all that decides what is learnt: a checkpoint is good for the same only. Threads and limits are not part of it. */
  public String fingerprint() {
    String all = String.join("|", images) + preprocessing + lesson + length + seed + startFrom;
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** What the exported encoder gives. */
  public Set<EncoderOutput> outputs() {
    return length.trains() ? lesson.outputs() : Lesson.untrainedOutputs();
  }

  /** The same order for other images. */
  public TrainingOrder forImages(List<String> files) {
    return new TrainingOrder(files, preprocessing, lesson, length, seed, threads, startFrom, memoryBytes, checkpointSeconds);
  }

  /** The same order, seeing images through another preprocessing. */
  public TrainingOrder through(Preprocessing other) {
    return new TrainingOrder(images, other, lesson, length, seed, threads, startFrom, memoryBytes, checkpointSeconds);
  }

  /** The same order for another lesson. */
  public TrainingOrder teaching(Lesson other) {
    return new TrainingOrder(images, preprocessing, other, length, seed, threads, startFrom, memoryBytes, checkpointSeconds);
  }

  /** The same order, as long as that. */
  public TrainingOrder lasting(Length other) {
    return new TrainingOrder(images, preprocessing, lesson, other, seed, threads, startFrom, memoryBytes, checkpointSeconds);
  }

  /** The same order, by other chance. */
  public TrainingOrder seeded(long other) {
    return new TrainingOrder(images, preprocessing, lesson, length, other, threads, startFrom, memoryBytes, checkpointSeconds);
  }

  /** The same order within other limits. @param threadCount of PyTorch */
  public TrainingOrder within(int threadCount, long memory) {
    return new TrainingOrder(images, preprocessing, lesson, length, seed, threadCount, startFrom, memory, checkpointSeconds);
  }

  /** The same order, going on from there. */
  public TrainingOrder from(Start start) {
    return new TrainingOrder(images, preprocessing, lesson, length, seed, threads, Optional.of(start), memoryBytes, checkpointSeconds);
  }

  /** The same order without training: the random encoder that serves as the floor. */
  public TrainingOrder untrained() {
    return new TrainingOrder(images, preprocessing, lesson, new Length.Untrained(), seed, threads, Optional.empty(), memoryBytes, checkpointSeconds);
  }
}
