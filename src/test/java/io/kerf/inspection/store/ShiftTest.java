package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      // shifts | now | begins | ends
      "06:00 14:00 22:00 | 2024-11-25T13:59:59Z | 2024-11-25T06:00:00Z | 2024-11-25T14:00:00Z",
      "06:00 14:00 22:00 | 2024-11-25T14:00:00Z | 2024-11-25T14:00:00Z | 2024-11-25T22:00:00Z",
      "06:00 14:00 22:00 | 2024-11-25T23:30:00Z | 2024-11-25T22:00:00Z | 2024-11-26T06:00:00Z",
      "06:00 14:00 22:00 | 2024-11-25T05:00:00Z | 2024-11-24T22:00:00Z | 2024-11-25T06:00:00Z",
      "07:00 | 2024-11-25T06:59:00Z | 2024-11-24T07:00:00Z | 2024-11-25T07:00:00Z",
      "'' | 2024-11-25T00:00:00Z | 2024-11-25T00:00:00Z | 2024-11-26T00:00:00Z",
      "'' | 2024-11-25T23:59:59Z | 2024-11-25T00:00:00Z | 2024-11-26T00:00:00Z"})
  void aMomentBelongsToTheShiftThatBeganLast(String shifts, Instant now, Instant begins, Instant ends) {
    assertThat(Shift.at(times(shifts), now, ZoneOffset.UTC)).isEqualTo(new Shift(begins, ends));
  }

  @Test
  void timesAreThoseOfTheStationsOwnClock() {
    assertThat(Shift.at(times("06:00"), Instant.parse("2024-11-25T05:30:00Z"), BERLIN).startedAt()).isEqualTo("2024-11-25T05:00:00Z");
  }

  /** On 31 March 2024 clocks went from 2 to 3, on 27 October from 3 back to 2. */
  @Test
  void aShiftThatBeginsWhileClocksAreSetBeginsOnce() {
    Shift spring = Shift.at(times("02:30"), Instant.parse("2024-03-31T02:00:00Z"), BERLIN);
    assertThat(spring).isEqualTo(new Shift(Instant.parse("2024-03-31T01:30:00Z"), Instant.parse("2024-04-01T00:30:00Z")));
    Shift autumn = Shift.at(times("02:30"), Instant.parse("2024-10-27T01:45:00Z"), BERLIN);
    assertThat(autumn).isEqualTo(new Shift(Instant.parse("2024-10-27T00:30:00Z"), Instant.parse("2024-10-28T01:30:00Z")));
  }

  @Test
  void itsEndIsOfTheNextOne() {
    Shift shift = new Shift(Instant.EPOCH, Instant.EPOCH.plusSeconds(10));
    assertThat(shift.contains(Instant.EPOCH)).isTrue();
    assertThat(shift.contains(shift.endsAt())).isFalse();
    assertThatThrownBy(() -> new Shift(Instant.EPOCH, Instant.EPOCH)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<LocalTime> times(String shifts) {
    return Stream.of(shifts.split(" ")).filter(time -> !time.isEmpty()).map(LocalTime::parse).toList();
  }
}
