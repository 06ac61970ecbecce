package io.kerf.training;

import io.kerf.imaging.Preprocessing;
import io.kerf.pretext.PretextOptions;
import io.kerf.pretext.PretextTask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the training process is asked to do; handed to it as a JSON file.
 *
 * @param images files of good parts to learn from; never those held out for calibration
 * @param preprocessing the same that inspection will use; its photometric step is applied after the pretext alteration
 * @param task which pretext task to learn
 * @param headWidths widths of the projection head's layers between the 512-d feature and the classifier
 * @param imagesPerStep images drawn per step; each appears once in every way of the task
 * @param learningRate at the top of the one cosine, reached after {@code warmUpSteps}
 * @param weightDecay on every parameter
 * @param length when to stop; {@link Length.Untrained} exports the random initialisation
 * @param augmentation of the images before, and of the patches while, they are altered
 * @param seed of initial weights, order of images and alterations
 * @param threads of PyTorch
 * @param startFrom safetensors file with torchvision's names to start from instead of random weights
 * @param memoryBytes resident memory at which training ends with {@code training-out-of-memory}
 * @param checkpointSeconds between checkpoints; a job found with a checkpoint goes on from it
 */
public record TrainingOrder(
    List<String> images,
    Preprocessing preprocessing,
    PretextTask task,
    List<Integer> headWidths,
    int imagesPerStep,
    double learningRate,
    double weightDecay,
    int warmUpSteps,
    Length length,
    PretextOptions augmentation,
    long seed,
    int threads,
    Optional<String> startFrom,
    long memoryBytes,
    double checkpointSeconds) {

  /** Momentum of the SGD (the paper, section 4.1). */
  public static final float MOMENTUM = 0.9f;

  /** Name of the order in a job's folder; the results stand beside it. */
  public static final String FILE = "order.json";

  /** Stands for all that decides what is learnt: a checkpoint is good for the same lesson only. Threads and limits are not part of it. */
  public String lesson() {
    String all = String.join("|", images) + preprocessing + task + headWidths + imagesPerStep + "|" + learningRate + "|" + weightDecay + "|" + warmUpSteps
        + length + augmentation + seed + startFrom;
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The same order for other images. */
  public TrainingOrder forImages(List<String> files) {
    return new TrainingOrder(files, preprocessing, task, headWidths, imagesPerStep, learningRate, weightDecay, warmUpSteps, length, augmentation,
        seed, threads, startFrom, memoryBytes, checkpointSeconds);
  }

  /** The same order, seeing images through another preprocessing. */
  public TrainingOrder through(Preprocessing other) {
    return new TrainingOrder(images, other, task, headWidths, imagesPerStep, learningRate, weightDecay, warmUpSteps, length, augmentation, seed, threads,
        startFrom, memoryBytes, checkpointSeconds);
  }

  /** The same order without training: the random encoder that serves as the floor. */
  public TrainingOrder untrained() {
    return new TrainingOrder(images, preprocessing, task, headWidths, imagesPerStep, learningRate, weightDecay, warmUpSteps,
        new Length.Untrained(), augmentation, seed, threads, Optional.empty(), memoryBytes, checkpointSeconds);
  }

  /**
   * The defaults of the paper (section 4.1) where this station can afford them.
   *
   * @param sizePx width and height of the network's input
   * @param threads of PyTorch
   */
  public static TrainingOrder defaults(int sizePx, Length length, long seed, int threads) {
    return new TrainingOrder(List.of(), Preprocessing.ofSize(sizePx), PretextTask.THREE_WAY, List.of(512, 128), 16, 0.03, 3e-5, 50, length,
        PretextOptions.DEFAULTS, seed, threads, Optional.empty(), DEFAULT_MEMORY_BYTES, 30);
  }

  /** Enough for 16 images three ways at 256 px. */
  public static final long DEFAULT_MEMORY_BYTES = 5L << 30;
}
