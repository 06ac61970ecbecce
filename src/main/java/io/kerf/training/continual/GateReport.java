package io.kerf.training.continual;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/** What the gate found, rule by rule, all of them whatever the first said. */
public record GateReport(List<Check> checks) {
  /** What a candidate must do. */
  public enum Rule {
    EXPORT,
    GOLDEN_BAD,
    GOLDEN_GOOD,
    FALSE_REJECTS,
    DETECTION,
    FLOOR
  }

  /** @param sentence with the figures, for a person */
  public record Check(Rule rule, boolean passed, String sentence) {}

  public GateReport {
    checks = List.copyOf(checks);
  }

  public boolean passed() {
    return checks.stream().allMatch(Check::passed);
  }

  /** The sentences of what failed; empty where nothing did. */
  @JsonIgnore
  public List<String> objections() {
    return checks.stream().filter(check -> !check.passed).map(Check::sentence).toList();
  }
}
