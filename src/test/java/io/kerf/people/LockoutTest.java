package io.kerf.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LockoutTest {
  private final Time time = new Time();
  private final Lockout lockout = new Lockout(time::nanos);

  private void wrong(int times, String name, String address) {
    for (int i = 0; i < times; i++) {
      assertThat(lockout.attempt(name, address)).as("attempt " + i).isEmpty();
    }
  }

  @Test
  void afterFiveAttemptsANameWaitsTwiceAsLongEachTimeUpToAQuarterOfAnHour() {
    wrong(4, "ann", "a");
    for (long seconds : new long[] {30, 60, 120, 240, 480, 900, 900}) {
      wrong(1, "ann", "from " + time.instant());
      assertThat(lockout.attempt("ann", "elsewhere")).contains(Duration.ofSeconds(seconds));
      time.pass(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(lockout.attempt("ann", "elsewhere")).contains(Duration.ofNanos(1));
      time.pass(Duration.ofNanos(1));
    }
  }

  @Test
  void othersDoNotWaitWithAName() {
    wrong(5, "ann", "a");
    assertThat(lockout.attempt("bob", "a")).isEmpty();
  }

  @Test
  void anAddressThatTriesManyNamesWaits() {
    for (int i = 0; i < Lockout.ADDRESS_ATTEMPTS; i++) {
      wrong(1, "n" + i, "10.0.0.7");
    }
    assertThat(lockout.attempt("another", "10.0.0.7")).contains(Lockout.FIRST_WAIT);
    assertThat(lockout.attempt("another", "10.0.0.8")).isEmpty();
  }

  @Test
  void whoIsRightBeginsAnewAndTheirAddressHasOneAttemptLessAgainstIt() {
    wrong(5, "ann", "a");
    lockout.right("ann", "a");
    assertThat(lockout.waits("ann", "a")).isEmpty();
    wrong(4, "ann", "a");
    assertThat(lockout.waits("ann", "a")).isEmpty();
    for (int i = 4; i < 16; i++) {
      wrong(1, "n" + i, "a");
    }
    assertThat(lockout.waits("x", "a")).as("4 + 4 + 12 from there").contains(Lockout.FIRST_WAIT);
  }

  @Test
  void manyAtOnceAreNoWayAround() {
    int through = 0;
    for (int i = 0; i < 50; i++) {
      through += lockout.attempt("ann", "a" + i).isEmpty() ? 1 : 0;
    }
    assertThat(through).as("none of which has ended yet").isEqualTo(Lockout.NAME_ATTEMPTS);
  }

  @Test
  void anAttemptThatCameToNothingDoesNotCount() {
    for (int i = 0; i < 20; i++) {
      assertThat(lockout.attempt("ann", "a")).isEmpty();
      lockout.untried("ann", "a");
    }
  }

  @Test
  void anHourWithoutAnAttemptIsForgotten() {
    wrong(4, "ann", "a");
    time.pass(Lockout.REMEMBERED.plusNanos(1));
    wrong(4, "ann", "a");
    assertThat(lockout.waits("ann", "a")).isEmpty();
  }

  @Test
  void theWallClockHasNoSay() {
    wrong(5, "ann", "a");
    time.jump(Duration.ofDays(3650));
    assertThat(lockout.attempt("ann", "b")).contains(Lockout.FIRST_WAIT);
    time.jump(Duration.ofDays(-7300));
    assertThat(lockout.attempt("ann", "b")).contains(Lockout.FIRST_WAIT);
  }

  @Test
  void whatIsRememberedIsBoundedAndWhoWaitsIsForgottenLast() {
    wrong(5, "ann", "a");
    for (int i = 0; i < 3 * Lockout.MAX_ENTRIES; i++) {
      lockout.attempt("n" + i, "a" + i);
    }
    assertThat(lockout.remembered()).isEqualTo(2 * Lockout.MAX_ENTRIES);
    assertThat(lockout.waits("ann", "x")).isPresent();
  }
}
