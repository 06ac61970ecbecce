package io.kerf.station.source.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.station.source.folder.Settling.Fate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final FaultException TRUNCATED = new FaultException(Fault.IMAGE_TRUNCATED, "cut");
  private final Settling settling = new Settling(Duration.ofNanos(200), Duration.ofNanos(1000));

  private static Sight file(long size, long modified) {
    return new Sight(Path.of("/in/a.png"), size, modified);
  }

  @Test
  void aFileIsJudgedOnceItHasNotChangedForAWhile() {
    assertThat(settling.fate(file(10, 1), 0)).isEqualTo(new Fate.Wait(200));
    assertThat(settling.fate(file(10, 1), 50)).isEqualTo(new Fate.Wait(150));
    assertThat(settling.fate(file(10, 1), 200)).isEqualTo(new Fate.Judge());
  }

  @Test
  void eachChangeOfSizeOrTimeBeginsTheWaitAnew() {
    settling.fate(file(10, 1), 0);
    assertThat(settling.fate(file(20, 1), 199)).isEqualTo(new Fate.Wait(200));
    assertThat(settling.fate(file(20, 2), 390)).isEqualTo(new Fate.Wait(200));
    assertThat(settling.fate(file(20, 2), 590)).isEqualTo(new Fate.Judge());
  }

  @Test
  void aFileThatIsNoWholeImageIsGivenUpWhenItHasNotChangedForLonger() {
    settling.fate(file(10, 1), 0);
    settling.refused(file(10, 1), TRUNCATED);
    assertThat(settling.fate(file(10, 1), 300)).isEqualTo(new Fate.Wait(700));
    assertThat(settling.fate(file(10, 1), 1000)).isEqualTo(new Fate.GiveUp(TRUNCATED));
  }

  @Test
  void aFileThatGrowsAfterItWasRefusedIsTriedAgain() {
    settling.fate(file(10, 1), 0);
    settling.refused(file(10, 1), TRUNCATED);
    assertThat(settling.fate(file(30, 1), 999)).isEqualTo(new Fate.Wait(200));
    assertThat(settling.fate(file(30, 1), 1199)).isEqualTo(new Fate.Judge());
  }

  @Test
  void aFileThatIsNotThereAnyMoreIsForgotten() {
    settling.fate(file(10, 1), 0);
    settling.keepOnly(List.of());
    assertThat(settling.fate(file(10, 1), 5000)).isEqualTo(new Fate.Wait(200));
  }

  @Test
  void theClockMayPassItsEnd() {
    settling.fate(file(10, 1), Long.MAX_VALUE - 50);
    assertThat(settling.fate(file(10, 1), Long.MIN_VALUE + 200)).isEqualTo(new Fate.Judge());
  }
}
