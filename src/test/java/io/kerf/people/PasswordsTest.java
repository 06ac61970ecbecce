package io.kerf.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private final Passwords passwords = new Passwords(4, () -> 0);

  private Account with(String password) {
    return Account.of("Ann", Role.VIEWER, passwords.hash(password), Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ten chars!", "p\u00e4ssw\u00f6rter \u738b\u5c0f\u660e", "          "})
  void aPasswordFitsItselfAlone(String password) {
    Account account = with(password);
    assertThat(passwords.fits(password, account)).isTrue();
    assertThat(passwords.fits(password + " ", account)).isFalse();
    assertThat(passwords.fits("", account)).isFalse();
    assertThat(passwords.fits(null, account)).isFalse();
    assertThat(account.password()).startsWith("$2b$04$").doesNotContain(password.strip().isEmpty() ? "\u0000" : password);
  }

  /** bcrypt itself looks at 72 bytes. */
  @Test
  void noCharacterOfALongPasswordIsPassedOver() {
    String hundred = "x".repeat(100);
    Account account = with(hundred + "a");
    assertThat(passwords.fits(hundred + "a", account)).isTrue();
    assertThat(passwords.fits(hundred + "b", account)).isFalse();
    assertThat(passwords.fits("x".repeat(72), account)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nine char", "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00"})
  void lessThanTenCharactersAreRefused(String password) {
    assertThatThrownBy(() -> passwords.hash(password)).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.BAD_FIELD);
      assertThat(e.detail()).doesNotContain(password.isEmpty() ? "\u0000" : password);
    });
  }

  @Test
  void anAbsurdlyLongOneIsRefused() {
    assertThatThrownBy(() -> passwords.hash("x".repeat(1025))).isInstanceOf(FaultException.class);
    assertThat(passwords.fits("x".repeat(1024), with("x".repeat(1024)))).isTrue();
  }

  @Test
  void theSameIsHashedAnewEachTime() {
    assertThat(passwords.hash("correct horse")).isNotEqualTo(passwords.hash("correct horse"));
  }

  /** By the ticker, which is read before and after each computation: nobody's password is computed as anybody's is. */
  @Test
  void aNameThatNobodyHasIsComputedLikeAnyOther() {
    AtomicInteger readings = new AtomicInteger();
    Passwords counted = new Passwords(4, () -> {
      readings.incrementAndGet();
      return 0;
    });
    Account account = Account.of("Ann", Role.VIEWER, counted.hash("correct horse"), Instant.EPOCH);
    int before = readings.get();
    assertThat(counted.fits("wrong horse", account)).isFalse();
    int known = readings.get() - before;
    assertThat(counted.fits("wrong horse", null)).isFalse();
    assertThat(readings.get() - before - known).isEqualTo(known).isPositive();
  }

  /** The hash that stands for nobody must be one that bcrypt works through, not one that it turns away at once. */
  @Test
  void nobodysPasswordTakesAsLongAsAnybodys() {
    Passwords dear = new Passwords(10, System::nanoTime);
    Account account = Account.of("Ann", Role.VIEWER, dear.hash("correct horse"), Instant.EPOCH);
    long known = Long.MAX_VALUE;
    long unknown = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      known = Math.min(known, nanosOf(dear, account));
      unknown = Math.min(unknown, nanosOf(dear, null));
    }
    assertThat((double) unknown / known).as("fastest of three each").isBetween(0.2, 5.0);
  }

  /** Without the rest that the one before leaves. */
  private static long nanosOf(Passwords passwords, Account account) {
    passwords.fits("warm up", account);
    long begun = System.nanoTime();
    passwords.fits("wrong horse", account);
    return System.nanoTime() - begun;
  }

  @Test
  @Timeout(30)
  void oneIsComputedAtATimeFourWaitAndOneMoreIsRefused() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicLong readings = new AtomicLong();
    Passwords held = new Passwords(4, () -> {
      if (readings.incrementAndGet() == 3) {
        begun.countDown();
        await(goOn);
      }
      return 0;
    });
    AtomicInteger done = new AtomicInteger();
    Thread[] threads = new Thread[Passwords.MAX_WAITING + 1];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> {
        held.hash("correct horse");
        done.incrementAndGet();
      });
      threads[i].start();
      if (i == 0) {
        begun.await();
      }
    }
    for (int i = 1; i < threads.length; i++) {
      while (threads[i].getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    assertThatThrownBy(() -> held.hash("correct horse")).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.LOGIN_BUSY));
    assertThat(done.get()).isZero();
    goOn.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(done.get()).isEqualTo(threads.length);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
