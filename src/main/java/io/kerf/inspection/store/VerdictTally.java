package io.kerf.inspection.store;

import io.kerf.inspection.Inspection;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalTime;
import java.util.List;

/**
 * Counts verdicts as they are recorded, so that nobody counts rows while the line runs. Today is the station's own day and the shift the one at hand, by time of
 * capture; each is counted from the records at the start and whenever it changes, be it because its time is over, because shifts begin at other times, or by a
 * clock that was set.
 */
@Singleton
public final class VerdictTally {
  private static final List<LocalTime> AT_MIDNIGHT = List.of();

  private final InspectionStore store;
  private final Clock clock;
  private final Count today = new Count();
  private final Count shift = new Count();
  private VerdictCounts sinceStart = VerdictCounts.NONE;
  private List<LocalTime> shifts = AT_MIDNIGHT;

  VerdictTally(InspectionStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Verdicts of parts that were captured in a shift. */
  public record OfShift(Shift shift, VerdictCounts counts) {}

  public synchronized VerdictCounts sinceStart() {
    return sinceStart;
  }

  public synchronized VerdictCounts today() {
    today.turn(AT_MIDNIGHT);
    return today.counts;
  }

  /** @param begins when shifts begin, by the station's clock; at midnight where there are none */
  public synchronized OfShift shift(List<LocalTime> begins) {
    shifts = begins;
    shift.turn(shifts);
    return new OfShift(shift.span, shift.counts);
  }

  synchronized void begin(@Observes StartupEvent event) {
    today.turn(AT_MIDNIGHT);
  }

  synchronized void count(@Observes InspectionRecorded recorded) {
    Inspection inspection = recorded.stored().inspection();
    sinceStart = sinceStart.plus(inspection.verdict(), 1);
    today.add(inspection, AT_MIDNIGHT);
    shift.add(inspection, shifts);
  }

  /** What was captured in the span of now. */
  private final class Count {
    private Shift span;
    private VerdictCounts counts = VerdictCounts.NONE;

    void add(Inspection inspection, List<LocalTime> begins) {
      if (!turn(begins) && span.contains(inspection.capturedAt())) {
        counts = counts.plus(inspection.verdict(), 1);
      }
    }

    /** Whether a new span began, so that it was counted from the records. */
    boolean turn(List<LocalTime> begins) {
      Shift now = Shift.at(begins, clock.instant(), clock.getZone());
      if (now.equals(span)) {
        return false;
      }
      span = now;
      counts = store.counts(now.startedAt(), now.endsAt());
      return true;
    }
  }
}
