package io.kerf.fleet.envelope;

import java.util.Optional;

/**
 * How a document is to be put into force.
 *
 * @param dryRun only say what would change
 * @param window when it may be applied; empty for at once
 */
public record Policy(boolean dryRun, Optional<Window> window, Probation probation) {
  public static final Policy AT_ONCE = new Policy(false, Optional.empty(), Probation.DEFAULT);
}
