package io.kerf.training.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.training.continual.Schedule.Window;
import io.kerf.training.continual.TrainingDecision.Hindrance;
import io.kerf.training.continual.TrainingDecision.Learn;
import io.kerf.training.continual.TrainingDecision.Stay;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingDecisionTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Schedule NIGHTLY = new Schedule(Optional.of(Schedule.parseCron("0 2 * * *")), 300, 50, new Window(Window.parse("22:00-05:00").from(),
      Window.parse("22:00-05:00").until()), 3, Duration.ofHours(4), 25, 30, 80, 1000);

  /** A situation in which nothing stands in the way, to be changed one thing at a time. */
  private static final class Case {
    private Instant now = at("2026-05-12T02:00:00");
    private Instant lastTuned = at("2026-05-11T02:00:05");
    private boolean paused;
    private boolean model = true;
    private boolean running;
    private boolean candidate;
    private int forTuning = 212;
    private int forFitting = 12;
    private int attempts;
    private Duration trained = Duration.ZERO;
    private OptionalDouble wattHours = OptionalDouble.of(12);
    private double partsPerMinute = 3;
    private OptionalDouble celsius = OptionalDouble.of(55);
    private long free = 5000;
    private Optional<Speed> asked = Optional.empty();

    Situation situation() {
      return new Situation(now, ZONE, paused, model, forTuning, forFitting, lastTuned, attempts, trained, wattHours, running, candidate, partsPerMinute, celsius, free,
          asked);
    }

    TrainingDecision decide() {
      return TrainingDecision.of(NIGHTLY, situation());
    }

    Stay stays() {
      return (Stay) decide();
    }
  }

  private static Instant at(String local) {
    return java.time.LocalDateTime.parse(local).atZone(ZONE).toInstant();
  }

  @Test
  void learnsWhenTheTimeHasCome() {
    assertThat(new Case().decide()).isEqualTo(new Learn(Speed.FINE_TUNE, "on schedule, 212 new normals"));
  }

  @Test
  void saysWhenItWillAndWhatItHas() {
    Case evening = new Case();
    evening.now = at("2026-05-11T15:00:00");
    assertThat(evening.stays()).isEqualTo(new Stay(java.util.List.of(Hindrance.NOT_DUE), Optional.of(at("2026-05-12T02:00:00")),
        "Next: tomorrow 02:00; 212 new normals, or with 88 more."));
  }

  @Test
  void whatIsDueWaitsForTheWindow() {
    Case missed = new Case();
    missed.now = at("2026-05-12T09:30:00");
    assertThat(missed.stays().hindrances()).containsExactly(Hindrance.OUTSIDE_WINDOW);
    assertThat(missed.stays().sentence()).isEqualTo("Next: today 22:00; 212 new normals, or with 88 more; waiting for the window.");
    missed.now = at("2026-05-12T22:00:00");
    assertThat(missed.decide()).as("a missed time is made up for").isInstanceOf(Learn.class);
  }

  @Test
  void enoughNewNormalsAreDueAtAnyTimeOfTheWindow() {
    Case many = new Case();
    many.now = at("2026-05-11T23:00:00");
    assertThat(many.decide()).isInstanceOf(Stay.class);
    many.forTuning = 300;
    assertThat(many.decide()).isEqualTo(new Learn(Speed.FINE_TUNE, "300 new normals"));
  }

  @Test
  void fitsAnewInBetween() {
    Case day = new Case();
    day.now = at("2026-05-11T15:00:00");
    day.forFitting = 50;
    assertThat(day.decide()).isEqualTo(new Learn(Speed.REFIT, "50 new normals"));
    day.partsPerMinute = 30;
    assertThat(day.stays().hindrances()).containsExactly(Hindrance.LINE_BUSY, Hindrance.NOT_DUE);
  }

  @Test
  void tellsEverythingThatStandsInTheWay() {
    Case all = new Case();
    all.paused = true;
    all.model = false;
    all.running = true;
    all.candidate = true;
    all.attempts = 3;
    all.trained = Duration.ofHours(4);
    all.wattHours = OptionalDouble.of(25);
    all.partsPerMinute = 31;
    all.celsius = OptionalDouble.of(81);
    all.free = 999;
    all.now = at("2026-05-12T12:00:00");
    assertThat(all.stays().hindrances()).containsExactly(Hindrance.PAUSED, Hindrance.NO_MODEL, Hindrance.RUNNING, Hindrance.CANDIDATE_ON_TRIAL, Hindrance.TOO_HOT,
        Hindrance.DISK_SHORT, Hindrance.LINE_BUSY, Hindrance.OUTSIDE_WINDOW, Hindrance.ATTEMPTS_USED, Hindrance.TIME_USED,
        Hindrance.ENERGY_USED);
    assertThat(all.stays().next()).isEmpty();
  }

  @Test
  void nothingNewIsNothingToLearn() {
    Case idle = new Case();
    idle.forTuning = 0;
    idle.forFitting = 0;
    assertThat(idle.stays().hindrances()).containsExactly(Hindrance.NOTHING_NEW);
    assertThat(idle.stays().sentence()).isEqualTo("Next: tomorrow 02:00; 0 new normals, or with 300 more.");
  }

  @Test
  void aPersonNeedNotWaitForTheTimeButForDiskAndHeat() {
    Case asked = new Case();
    asked.now = at("2026-05-12T12:00:00");
    asked.asked = Optional.of(Speed.FINE_TUNE);
    asked.paused = true;
    asked.attempts = 9;
    asked.forTuning = 0;
    asked.partsPerMinute = 90;
    assertThat(asked.decide()).isEqualTo(new Learn(Speed.FINE_TUNE, "asked for"));
    asked.celsius = OptionalDouble.of(95);
    assertThat(asked.stays().sentence()).startsWith("A person asked to fine-tune; waiting; ").endsWith("; the device is too hot.");
    asked.celsius = OptionalDouble.empty();
    assertThat(asked.decide()).as("a device that tells no temperature is not hot").isInstanceOf(Learn.class);
  }

  @ParameterizedTest
  @CsvSource({"25, 24.99, false", "25, 25, true", "25, 31, true", "25, , false", "0, 31, false", "0, , false"})
  void energyCountsAgainstABudgetThatThereIsOnADeviceThatTells(double budget, Double taken, boolean stays) {
    Case due = new Case();
    due.wattHours = taken == null ? OptionalDouble.empty() : OptionalDouble.of(taken);
    Schedule schedule = new Schedule(NIGHTLY.cron(), 300, 50, NIGHTLY.window(), 3, Duration.ofHours(4), budget, 30, 80, 1000);
    TrainingDecision decision = TrainingDecision.of(schedule, due.situation());
    if (stays) {
      assertThat(((Stay) decision).hindrances()).containsExactly(Hindrance.ENERGY_USED);
      assertThat(((Stay) decision).sentence()).endsWith("; as much energy as a day may take.");
    } else {
      assertThat(decision).isInstanceOf(Learn.class);
    }
  }

  @Test
  void energyHindersNeitherARefitNorAPerson() {
    Case used = new Case();
    used.wattHours = OptionalDouble.of(99);
    used.forFitting = 50;
    assertThat(used.decide()).isEqualTo(new Learn(Speed.REFIT, "50 new normals"));
    used.asked = Optional.of(Speed.FINE_TUNE);
    assertThat(used.decide()).isEqualTo(new Learn(Speed.FINE_TUNE, "asked for"));
  }

  /** Ten years there and back: no schedule runs twice, and none never again. */
  @ParameterizedTest
  @CsvSource({"2036-05-12T02:00:00, true", "2036-05-12T12:00:00, false", "2016-05-12T02:00:00, false", "2016-05-12T12:00:00, false"})
  void clocksMayJump(String now, boolean learns) {
    Case jumped = new Case();
    jumped.now = at(now);
    assertThat(jumped.decide() instanceof Learn).isEqualTo(learns);
    jumped.lastTuned = jumped.now;
    assertThat(jumped.decide()).as("once").isInstanceOf(Stay.class);
    jumped.now = jumped.now.plus(Duration.ofDays(1)).atZone(ZONE).withHour(2).withMinute(0).toInstant();
    assertThat(jumped.decide()).as("again the next night").isInstanceOf(Learn.class);
  }

  @ParameterizedTest
  @CsvSource({"22:00-05:00, 23:00, true", "22:00-05:00, 04:59, true", "22:00-05:00, 05:00, false", "22:00-05:00, 21:59, false", "08:00-09:00, 08:00, true",
      "08:00-09:00, 09:00, false", "00:00-00:00, 13:00, true"})
  void windows(String window, String time, boolean open) {
    assertThat(Window.parse(window).holds(java.time.LocalTime.parse(time))).isEqualTo(open);
  }

  @Test
  void whatIsNoTimeTableOrWindowIsRefused() {
    assertThatThrownBy(() -> Schedule.parseCron("at two")).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_CONFIGURATION));
    assertThatThrownBy(() -> Window.parse("22-5")).isInstanceOf(FaultException.class).hasMessageContaining("22:00-05:30");
    assertThatThrownBy(() -> Window.parse("22:00")).isInstanceOf(FaultException.class);
  }
}
