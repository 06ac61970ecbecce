package io.kerf.station.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceReportTest {
  private final ServiceReport report = new ServiceReport();

  @Test
  void itIsReadyOnceAndPingsEachTimeAfterwards() {
    assertThat(report.next(true, true, "Judging.")).hasValue("READY=1\nWATCHDOG=1\nSTATUS=Judging.");
    assertThat(report.next(true, true, "Judging.")).hasValue("WATCHDOG=1");
    assertThat(report.next(true, true, "Waiting.")).hasValue("WATCHDOG=1\nSTATUS=Waiting.");
  }

  @Test
  void beforeItIsReadyItSaysWhyAndDoesNotPing() {
    assertThat(report.next(false, true, "No room on the disk.")).hasValue("STATUS=Starting: No room on the disk.");
    assertThat(report.next(false, true, "No room on the disk.")).isEmpty();
    assertThat(report.next(true, true, "Judging.")).hasValue("READY=1\nWATCHDOG=1\nSTATUS=Judging.");
  }

  /** A full disk makes it unready; a restart would bring no room. */
  @Test
  void onceReadyItPingsWhetherItIsStillReadyOrNot() {
    report.next(true, true, "Judging.");
    assertThat(report.next(false, true, "Judging.")).hasValue("WATCHDOG=1");
  }

  @Test
  void whereItIsNotAliveItSaysSoOnceAndIsSilent() {
    report.next(true, true, "Judging.");
    assertThat(report.next(true, false, "it does not answer")).hasValue("STATUS=Not alive, to be restarted: it does not answer");
    assertThat(report.next(true, false, "it does not answer")).isEmpty();
    assertThat(report.next(true, true, "Judging.")).hasValue("WATCHDOG=1\nSTATUS=Judging.");
  }

  @Test
  void whatWasNotTakenIsSaidAgain() {
    report.next(true, true, "Judging.");
    report.unheard();
    assertThat(report.next(true, true, "Judging.")).hasValue("READY=1\nWATCHDOG=1\nSTATUS=Judging.");
    report.next(true, true, "Waiting.");
    report.unheard();
    assertThat(report.next(true, true, "Waiting.")).hasValue("WATCHDOG=1\nSTATUS=Waiting.");
  }

  @Test
  void aSentenceBecomesOneLineThatIsNotTooLong() {
    assertThat(report.next(true, true, "Two\nlines\r\nof it.")).hasValue("READY=1\nWATCHDOG=1\nSTATUS=Two lines of it.");
    assertThat(report.next(true, true, "x".repeat(5000)).orElseThrow()).hasSize("WATCHDOG=1\nSTATUS=".length() + 500).endsWith("…");
  }
}
