package io.kerf.fleet.sender;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a rollout does next: a pure function of its plan and of what the stations said. */
public sealed interface RolloutDecision {
  /** Some of those that were sent to are not through. */
  record Wait(int underway) implements RolloutDecision {}

  /** Send to these. @param stage from 0 */
  record Send(int stage, List<String> stations) implements RolloutDecision {}

  /** Too many failed. */
  record Stop(List<String> failed) implements RolloutDecision {}

  /** All were sent to and are through. @param failed those that failed, fewer than would have stopped it */
  record Done(List<String> failed) implements RolloutDecision {}

  /** What became of a station that was sent to. */
  enum Standing {
    UNDERWAY, COMMITTED, FAILED, SILENT;

    boolean isFailure() {
      return this == FAILED || this == SILENT;
    }
  }

  /**
   * @param stations in the order in which they are sent to
   * @param stages in ascending order; after the last of them, all are sent to
   * @param stopOnFailures so many end it. Silence counts as failure
   * @param patience after which a station that has said nothing is silent
   */
  record Plan(List<String> stations, List<Stage> stages, int stopOnFailures, Duration patience) {
    public Plan {
      stations = List.copyOf(stations);
      stages = List.copyOf(stages);
    }

    private int reach(int stage) {
      return stage < stages.size() ? stages.get(stage).reaches(stations.size()) : stations.size();
    }
  }

  /** @param standings of those that were sent to */
  static RolloutDecision next(Plan plan, Map<String, Standing> standings) {
    List<String> failed = plan.stations().stream().filter(id -> standings.containsKey(id) && standings.get(id).isFailure()).toList();
    if (failed.size() >= plan.stopOnFailures()) {
      return new Stop(failed);
    }
    int underway = (int) standings.values().stream().filter(standing -> standing == Standing.UNDERWAY).count();
    if (underway > 0) {
      return new Wait(underway);
    }
    int sent = standings.size();
    if (sent == plan.stations().size()) {
      return new Done(failed);
    }
    int stage = 0;
    while (plan.reach(stage) <= sent) {
      stage++;
    }
    return new Send(stage, plan.stations().subList(sent, plan.reach(stage)));
  }
}
