package io.kerf.training.continual;

import io.kerf.model.Truth;
import java.util.List;

/**
 * What was measured of a candidate and of the model in use.
 *
 * @param exportError largest difference between exported and trained encoder, relative to the largest value
 * @param golden every part of the golden set that both could be shown
 * @param falseRejectBudget α of the candidate
 * @param ages held-out good parts, oldest first
 * @param detections on defects pasted onto held-out good parts, the same ones for both
 * @param fused area under the ROC curve of the candidate on defects that no lesson teaches
 * @param floor the same of a random encoder with densities fitted to the same parts
 */
public record GateEvidence(double exportError, List<GoldenPart> golden, double falseRejectBudget, List<AgeGroup> ages, List<Detection> detections,
    double fused, double floor) {

  /** @param id as in the golden set. @param activeRejects whether the model in use says NG */
  public record GoldenPart(String id, Truth truth, boolean activeRejects, boolean candidateRejects) {}

  /**
   * Held-out parts of one age.
   *
   * @param rejected by the candidate, each by densities that have not seen it
   * @param rejectedBefore whether they are here because a model rejected them and a person said that they are good: no share of such parts can be
   *     promised, so they are told of and not judged by
   */
  public record AgeGroup(String name, int rejected, int parts, boolean rejectedBefore) {
    /** Parts that nobody had to speak up for. */
    public AgeGroup(String name, int rejected, int parts) {
      this(name, rejected, parts, false);
    }
  }

  /** Areas under the ROC curve, 0…1. */
  public record Detection(String defect, double active, double candidate) {}
}
