package io.kerf.training;

import io.kerf.encoder.EncoderOutput;
import io.kerf.pretext.PretextOptions;
import io.kerf.pretext.PretextTask;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is learnt from good parts, and how.
 *
 * @param task which images the network sees
 * @param objective what it is asked about them
 * @param cropPx side of the square crops, at the frame's own scale, that are learnt from; whole frames where empty
 * @param headWidths widths of the projection head's layers between the 512-d feature and the classifier
 * @param imagesPerStep images drawn per step; each appears once in every way of the task
 * @param optimiser with its momentum
 * @param learningRate at the top of the one cosine, reached after {@code warmUpSteps}
 * @param weightDecay on every parameter
 * @param augmentation of the images before, and of the patches while, they are altered
 */
public record Lesson(
    PretextTask task,
    Objective objective,
    OptionalInt cropPx,
    List<Integer> headWidths,
    int imagesPerStep,
    Optimiser optimiser,
    double learningRate,
    double weightDecay,
    int warmUpSteps,
    PretextOptions augmentation) {

  /** How weights follow gradients. */
  public enum Optimiser {
    /** Stochastic gradient descent with momentum 0.9 (the paper, section 4.1). */
    SGD,
    /** Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019. */
    ADAMW
  }

  private static final List<Integer> HEAD = List.of(512, 128);

  /** CutPaste as published (section 4.1), where this station can afford it: whole images, three ways. */
  public static Lesson pooled() {
    return new Lesson(PretextTask.THREE_WAY, Objective.CLASSIFY, OptionalInt.empty(), HEAD, 16, Optimiser.SGD, 0.03, 3e-5, 50, PretextOptions.DEFAULTS);
  }

  /** Where patches were pasted, on crops at native scale. */
  public static Lesson dense() {
    return new Lesson(PretextTask.NATURAL, Objective.LOCATE, OptionalInt.of(96), HEAD, 16, Optimiser.ADAMW, 1e-3, 1e-4, 50, PretextOptions.DEFAULTS);
  }

  /** Both questions about crops at native scale. */
  public static Lesson joint() {
    return new Lesson(PretextTask.NATURAL, Objective.BOTH, OptionalInt.of(96), HEAD, 16, Optimiser.ADAMW, 1e-3, 1e-4, 50, PretextOptions.DEFAULTS);
  }

  /** What an encoder that learnt this can tell. */
  public Set<EncoderOutput> outputs() {
    return outputs(objective.classifies(), objective.locates());
  }

  /** What an encoder can tell that has learnt nothing. */
  public static Set<EncoderOutput> untrainedOutputs() {
    return outputs(true, false);
  }

  private static Set<EncoderOutput> outputs(boolean pooled, boolean dense) {
    EnumSet<EncoderOutput> outputs = EnumSet.of(EncoderOutput.STATISTICS, EncoderOutput.LOCAL);
    if (pooled) {
      outputs.addAll(EnumSet.of(EncoderOutput.EMBEDDING, EncoderOutput.FEATURES));
    }
    if (dense) {
      outputs.add(EncoderOutput.DENSE);
    }
    return outputs;
  }

  /** In words: {@code natural, locate, crops of 96 px}. */
  public String description() {
    return task.label() + ", " + objective.label() + (cropPx.isPresent() ? ", crops of " + cropPx.getAsInt() + " px" : ", whole images");
  }
}
