package io.kerf.inspection.store;

import io.kerf.inspection.Inspection;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;

/**
 * Counts verdicts as they are recorded, so that nobody counts rows while the line runs. Today is the station's own day, by time of
 * capture; it is counted from the records at the start and whenever the day changes, be it by midnight or by a clock that was set.
 */
@Singleton
public final class VerdictTally {
  private final InspectionStore store;
  private final Clock clock;
  private VerdictCounts sinceStart = VerdictCounts.NONE;
  private VerdictCounts today = VerdictCounts.NONE;
  private LocalDate day;

  VerdictTally(InspectionStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  public synchronized VerdictCounts sinceStart() {
    return sinceStart;
  }

  public synchronized VerdictCounts today() {
    turnDay();
    return today;
  }

  synchronized void begin(@Observes StartupEvent event) {
    turnDay();
  }

  synchronized void count(@Observes InspectionRecorded recorded) {
    Inspection inspection = recorded.stored().inspection();
    sinceStart = sinceStart.plus(inspection.verdict(), 1);
    boolean counted = turnDay();
    if (!counted && LocalDate.ofInstant(inspection.capturedAt(), clock.getZone()).equals(day)) {
      today = today.plus(inspection.verdict(), 1);
    }
  }

  /** Whether today was counted anew, from the records. */
  private boolean turnDay() {
    LocalDate now = LocalDate.now(clock);
    if (now.equals(day)) {
      return false;
    }
    day = now;
    today = store.counts(now.atStartOfDay(clock.getZone()).toInstant(), now.plusDays(1).atStartOfDay(clock.getZone()).toInstant());
    return true;
  }
}
