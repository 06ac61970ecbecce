package io.kerf.station.learning;

import io.kerf.station.StationStatus;
import io.kerf.training.continual.ShadowTrial;
import io.kerf.training.continual.TrainingDecision;
import java.util.List;
import java.util.Optional;

/**
 * What the station does about a recipe's model.
 *
 * @param enabled whether it learns by itself
 * @param pausedBy who paused it
 * @param decision whether it learns now, and why not
 * @param jobs newest first
 */
public record LearningStatus(String recipe, boolean enabled, Optional<String> pausedBy, TrainingDecision decision, Optional<Running> running, Optional<Candidate> candidate,
    List<Job> jobs) {

  /** @param progress its stage, and the figures of the training process as far as there is one. @param seconds since it began, or was taken up again */
  public record Running(Job job, StationStatus.Training progress, double seconds) {}

  /** @param wanted parts that both are to judge. @param differences the first parts on which they differ */
  public record Candidate(Job job, int wanted, ShadowTrial.Counts counts, List<Shadow.Difference> differences) {}
}
