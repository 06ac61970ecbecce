package io.kerf.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kerf.inspection.store.VerdictCounts;
import io.kerf.inspection.store.VerdictTally;
import io.kerf.station.StationStatus;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the station is doing, with what it counted.
 *
 * @param status its fields are those of this document
 */
@Schema(name = "Station", description = "What the station is doing. What does not apply is null.")
public record StationView(@JsonUnwrapped StationStatus status, Counts counts, OfShift shift,
    @Schema(description = "What a person should see to while parts are judged on.") List<Alarm> alarms,
    @Schema(description = "The station's wall clock, UTC.") Instant serverTime) {

  /**
   * Verdicts by kind.
   *
   * @param today captured on the station's own day
   */
  @Schema(name = "Counts")
  public record Counts(VerdictCounts today, VerdictCounts sinceStart) {}

  /** Verdicts of the shift at hand. */
  @Schema(name = "ShiftCounts")
  public record OfShift(@Schema(description = "When it began, by the station document; midnight where that names no shifts.") Instant startedAt, VerdictCounts counts) {
    static OfShift of(VerdictTally.OfShift tally) {
      return new OfShift(tally.shift().startedAt(), tally.counts());
    }
  }
}
