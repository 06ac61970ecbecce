package io.kerf.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({"2026-11-24T06:00:00Z, 2026-11-24T06:00:00Z", "2026-11-24T06:00:00.250+02:00, 2026-11-24T04:00:00.250Z", "2026-11-24 06:00, 2026-11-24T05:00:00Z",
      "2026-11-24T06:00:30, 2026-11-24T05:00:30Z", "2026-07-01, 2026-06-30T22:00:00Z"})
  void aTimeIsReadAsPeopleWriteIt(String text, Instant expected) {
    assertThat(Moment.parse("from", text, BERLIN)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-13-01", "2026-11-24T25:00:00Z", "06:00", "+999999999-01-01T00:00:00Z", "2026-11-24T06:00:00Z; x"})
  void whatIsNoTimeIsRefusedByTheNameOfItsField(String text) {
    assertThatThrownBy(() -> Moment.parse("from", text, BERLIN)).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.BAD_FIELD);
      assertThat(e.detail()).startsWith("from '" + text + "' is not a day or a time.").contains("Europe/Berlin");
    });
  }

  @Test
  void aTimeIsNotReadAcrossTheHourThatDoesNotExist() {
    assertThat(Moment.parse("to", "2026-03-29 02:30", BERLIN)).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
  }
}
