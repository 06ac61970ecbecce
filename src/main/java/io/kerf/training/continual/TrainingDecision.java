package io.kerf.training.continual;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether to learn now: a pure function of schedule and situation, with its reasons.
 *
 * <p>What a person asks for need not be due, and neither window nor the day's share counts for it; heat, disk and what runs already do. Missed
 * times of the time table count once. Where the clock was set back, a last time that lies ahead counts as now.
 */
public sealed interface TrainingDecision {

  /** @param why for the record */
  record Learn(Speed speed, String why) implements TrainingDecision {}

  /**
   * @param hindrances everything that stands in the way
   * @param next when it may learn at the earliest, as far as that is known
   * @param sentence for a person
   */
  record Stay(List<Hindrance> hindrances, Optional<Instant> next, String sentence) implements TrainingDecision {}

  /** Why nothing is learnt now. */
  enum Hindrance {
    PAUSED("paused by a person"),
    NO_MODEL("no model to begin with"),
    RUNNING("something is being learnt"),
    CANDIDATE_ON_TRIAL("a candidate is on trial"),
    NOTHING_NEW("no new normals"),
    NOT_DUE("not due"),
    OUTSIDE_WINDOW("waiting for the window"),
    ATTEMPTS_USED("as many attempts as a day may have"),
    TIME_USED("as much time as a day may take"),
    ENERGY_USED("as much energy as a day may take"),
    LINE_BUSY("the line is busy"),
    TOO_HOT("the device is too hot"),
    DISK_SHORT("the disk is short");

    private final String words;

    Hindrance(String words) {
      this.words = words;
    }

    /** For a person. */
    public String words() {
      return words;
    }
  }

  static TrainingDecision of(Schedule schedule, Situation situation) {
    List<Hindrance> always = always(schedule, situation);
    if (situation.asked().isPresent()) {
      Speed speed = situation.asked().get();
      return always.isEmpty() ? new Learn(speed, "asked for") : stay(schedule, situation, "A person asked to " + speed.label() + "; waiting", always, Optional.empty());
    }
    boolean busy = schedule.busyPartsPerMinute() > 0 && situation.partsPerMinute() >= schedule.busyPartsPerMinute();
    if (busy) {
      always.add(Hindrance.LINE_BUSY);
    }
    if (situation.paused()) {
      always.add(0, Hindrance.PAUSED);
    }
    Optional<Learn> tune = tuningDue(schedule, situation);
    List<Hindrance> tuning = new ArrayList<>(always);
    tuning.addAll(tuningOnly(schedule, situation, tune.isPresent()));
    if (tuning.isEmpty()) {
      return tune.get();
    }
    if (always.isEmpty() && schedule.refitAfter() > 0 && situation.newForFitting() >= schedule.refitAfter()) {
      return new Learn(Speed.REFIT, situation.newForFitting() + " new normals");
    }
    Optional<Instant> next = next(schedule, situation);
    return stay(schedule, situation, next.map(time -> "Next: " + when(time, situation.now(), situation.zone())).orElse("Nothing is planned"), tuning, next);
  }

  private static List<Hindrance> always(Schedule schedule, Situation situation) {
    List<Hindrance> found = new ArrayList<>();
    addIf(found, !situation.hasModel(), Hindrance.NO_MODEL);
    addIf(found, situation.running(), Hindrance.RUNNING);
    addIf(found, situation.candidate(), Hindrance.CANDIDATE_ON_TRIAL);
    addIf(found, situation.celsius().isPresent() && situation.celsius().getAsDouble() > schedule.hottestCelsius(), Hindrance.TOO_HOT);
    addIf(found, situation.freeBytes() < schedule.leastFreeBytes(), Hindrance.DISK_SHORT);
    return found;
  }

  private static List<Hindrance> tuningOnly(Schedule schedule, Situation situation, boolean due) {
    List<Hindrance> found = new ArrayList<>();
    addIf(found, situation.newForTuning() == 0, Hindrance.NOTHING_NEW);
    addIf(found, !due && situation.newForTuning() > 0, Hindrance.NOT_DUE);
    addIf(found, due && !schedule.window().holds(situation.now().atZone(situation.zone()).toLocalTime()), Hindrance.OUTSIDE_WINDOW);
    addIf(found, situation.attempts() >= schedule.attemptsPerDay(), Hindrance.ATTEMPTS_USED);
    addIf(found, situation.trained().compareTo(schedule.timePerDay()) >= 0, Hindrance.TIME_USED);
    addIf(found, schedule.wattHoursPerDay() > 0 && situation.wattHours().orElse(0) >= schedule.wattHoursPerDay(), Hindrance.ENERGY_USED);
    return found;
  }

  private static void addIf(List<Hindrance> found, boolean there, Hindrance hindrance) {
    if (there) {
      found.add(hindrance);
    }
  }

  private static Optional<Learn> tuningDue(Schedule schedule, Situation situation) {
    if (situation.newForTuning() == 0) {
      return Optional.empty();
    }
    if (schedule.fineTuneAfter() > 0 && situation.newForTuning() >= schedule.fineTuneAfter()) {
      return Optional.of(new Learn(Speed.FINE_TUNE, situation.newForTuning() + " new normals"));
    }
    return schedule.nextAfter(since(situation), situation.zone()).filter(time -> !time.isAfter(situation.now()))
        .map(time -> new Learn(Speed.FINE_TUNE, "on schedule, " + situation.newForTuning() + " new normals"));
  }

  /** The last fine-tuning, or now where the clock has been set back behind it. */
  private static Instant since(Situation situation) {
    return situation.lastTuned().isAfter(situation.now()) ? situation.now() : situation.lastTuned();
  }

  /** By the clock alone: what is due now waits for the window, what is not for the time table. */
  private static Optional<Instant> next(Schedule schedule, Situation situation) {
    if (situation.paused() || !situation.hasModel()) {
      return Optional.empty();
    }
    if (tuningDue(schedule, situation).isPresent()) {
      return Optional.of(schedule.whenOpen(situation.now(), situation.zone()));
    }
    return schedule.nextAfter(situation.now(), situation.zone()).map(time -> schedule.whenOpen(time, situation.zone()));
  }

  private static Stay stay(Schedule schedule, Situation situation, String beginning, List<Hindrance> hindrances, Optional<Instant> next) {
    String more = schedule.fineTuneAfter() > 0 && situation.newForTuning() < schedule.fineTuneAfter()
        ? ", or with " + (schedule.fineTuneAfter() - situation.newForTuning()) + " more" : "";
    String words = hindrances.stream().filter(hindrance -> hindrance != Hindrance.NOT_DUE).map(Hindrance::words).collect(Collectors.joining(", "));
    String normals = situation.newForTuning() + " new normal" + (situation.newForTuning() == 1 ? "" : "s") + more;
    return new Stay(List.copyOf(hindrances), next, beginning + "; " + normals + (words.isEmpty() || words.equals(Hindrance.NOTHING_NEW.words) ? "" : "; " + words) + ".");
  }

  /** {@code today 02:00}, {@code tomorrow 02:00}, or with the date. */
  private static String when(Instant time, Instant now, ZoneId zone) {
    var day = time.atZone(zone).toLocalDate();
    var today = now.atZone(zone).toLocalDate();
    String clock = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(time.atZone(zone));
    if (day.equals(today)) {
      return "today " + clock;
    }
    return (day.equals(today.plusDays(1)) ? "tomorrow" : day) + " " + clock;
  }
}
