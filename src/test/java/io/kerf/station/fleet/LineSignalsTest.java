package io.kerf.station.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineSignalsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LineSignals signals = new LineSignals(nanos::get);

  static Inspection inspection(Verdict verdict, double millis) {
    boolean judged = verdict != Verdict.UNJUDGED;
    return new Inspection("id", Instant.EPOCH, "default", Optional.empty(), Optional.empty(), "http", StationMark.UNKNOWN, verdict,
        judged ? Optional.of(new Inspection.Judgement("b", 1, 0.5, 2, Optional.empty())) : Optional.empty(), judged ? Optional.empty() : Optional.of(new Reason("too-dark", "")),
        new Timings(0, 0, 0, 0, 0, millis));
  }

  private void see(int parts, Verdict verdict, double millis) {
    for (int i = 0; i < parts; i++) {
      signals.saw(inspection(verdict, millis));
    }
  }

  @Test
  void withoutAFrameNothingIsKnown() {
    assertThat(signals.frames()).isZero();
    assertThat(signals.arriving()).isFalse();
    assertThat(signals.unjudgedShare()).isEmpty();
    assertThat(signals.p99()).isEmpty();
    assertThat(signals.bound()).isEmpty();
  }

  @Test
  void framesAreCountedAndTimed() {
    see(98, Verdict.OK, 20);
    see(2, Verdict.UNJUDGED, 90);
    assertThat(signals.frames()).isEqualTo(100);
    assertThat(signals.unjudgedShare()).hasValue(0.02);
    assertThat(signals.p99()).hasValue(90);
  }

  @Test
  void aLineThatStandsForAMinuteHasNoFramesArriving() {
    see(1, Verdict.OK, 20);
    nanos.addAndGet(Duration.ofSeconds(60).toNanos());
    assertThat(signals.arriving()).isTrue();
    nanos.incrementAndGet();
    assertThat(signals.arriving()).isFalse();
  }

  @Test
  void whatTheLineDidBeforeBoundsWhatItMayDo() {
    see(19, Verdict.OK, 20);
    signals.begin();
    assertThat(signals.bound()).as("too few to tell").isEmpty();
    see(20, Verdict.OK, 20);
    signals.begin();
    assertThat(signals.bound()).hasValue(90);
    assertThat(signals.frames()).isZero();
    see(3, Verdict.UNJUDGED, 200);
    signals.begin();
    assertThat(signals.bound()).as("that of before stays").hasValue(90);
  }

  @Test
  void onlyTheLastThousandAreTimed() {
    see(500, Verdict.OK, 900);
    see(1000, Verdict.OK, 20);
    assertThat(signals.p99()).hasValue(20);
  }
}
