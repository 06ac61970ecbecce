package io.kerf.station.learning;

import io.kerf.config.KerfConfig.Learn;
import io.kerf.device.Device;
import io.kerf.device.Temperature;
import io.kerf.storage.DataFolder;
import io.kerf.training.continual.Schedule;
import io.kerf.training.continual.Situation;
import io.kerf.training.continual.Speed;
import io.kerf.training.continual.TrainingDecision;
import io.kerf.training.normals.NormalPool;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.normals.Standing;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Sees how things stand with a recipe and decides by that. Not safe for several threads, but for {@link #part}. */
final class Planner {
  private static final Duration DAY = Duration.ofDays(1);
  /** More attempts than a day may have. */
  private static final int LOOKED_AT = 200;

  private final Function<String, Learn> settings;
  private final DataFolder folder;
  private final RecipeImages images;
  private final JobStore jobs;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Device device;
  private final LineRate rate;
  /** When attempts began by the ticker, so that a clock that jumps makes no more of them than a day may have. */
  private final Map<String, List<Long>> begun = new HashMap<>();

  Planner(Function<String, Learn> settings, DataFolder folder, RecipeImages images, JobStore jobs, Device device, Clock clock, LongSupplier nanos) {
    this.settings = settings;
    this.folder = folder;
    this.images = images;
    this.jobs = jobs;
    this.device = device;
    this.clock = clock;
    this.nanos = nanos;
    this.rate = new LineRate(nanos);
  }

  private static Schedule schedule(Learn learn) {
    return new Schedule(learn.cron().equals("off") ? Optional.empty() : Optional.of(Schedule.parseCron(learn.cron())), learn.fineTuneAfter(), learn.refitAfter(),
        Schedule.Window.parse(learn.window()), learn.attemptsPerDay(), learn.timePerDay(), learn.wattHoursPerDay(),
        learn.busyPartsPerMinute(), learn.hottestCelsius(), learn.leastFree().asLongValue());
  }

  /** A part was judged, of whatever recipe. */
  void part() {
    rate.part();
  }

  /** An encoder begins to learn. */
  void tuningBegins(String recipe) {
    begun.computeIfAbsent(recipe, name -> new ArrayList<>()).add(nanos.getAsLong());
  }

  /**
   * Decides.
   *
   * @param modelMade when the model in use was made; empty where there is none
   * @param running whether something is learnt now. @param candidate whether one of the recipe is on trial
   */
  TrainingDecision decide(String recipe, Optional<Instant> modelMade, boolean running, boolean candidate, Optional<Speed> asked) {
    Instant now = clock.instant();
    JobStore.Standing standing = jobs.standing(recipe, now);
    List<Job> last = jobs.briefly(recipe, LOOKED_AT);
    Optional<Instant> tuned = last.stream().filter(job -> job.speed() == Speed.FINE_TUNE).map(Job::startedAt).findFirst();
    Optional<Instant> learnt = last.stream().map(Job::startedAt).findFirst();
    List<Job> tunedToday = last.stream().filter(job -> job.speed() == Speed.FINE_TUNE && !job.startedAt().isAfter(now) && job.startedAt().isAfter(now.minus(DAY))).toList();
    Duration trained = tunedToday.stream().map(job -> Duration.between(job.startedAt(), job.endedAt().orElse(now))).reduce(Duration.ZERO, Duration::plus);
    return TrainingDecision.of(schedule(settings.apply(recipe)), new Situation(now, ZoneId.systemDefault(), standing.by().isPresent(), modelMade.isPresent(), newSince(recipe, latest(tuned, modelMade)),
        newSince(recipe, latest(learnt, modelMade)), tuned.orElse(standing.since()), Math.max(tunedToday.size(), begunToday(recipe)), trained,
        wattHours(tunedToday), running, candidate, rate.perMinute(), celsius(), freeBytes(), asked));
  }

  /** Of those that were measured. */
  private static OptionalDouble wattHours(List<Job> jobs) {
    return jobs.stream().map(Job::wattHours).filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).reduce(Double::sum);
  }

  private OptionalDouble celsius() {
    return device.reading().hottest().map(Temperature::celsius).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static Instant latest(Optional<Instant> one, Optional<Instant> other) {
    Instant a = one.orElse(Instant.MIN);
    Instant b = other.orElse(Instant.MIN);
    return a.isAfter(b) ? a : b;
  }

  private int newSince(String recipe, Instant time) {
    return (int) images.normalsOf(recipe).map(NormalPool::all).orElse(List.of()).stream()
        .filter(normal -> normal.standing() != Standing.DOUBTFUL && normal.standing() != Standing.ORIGINAL && normal.origin().addedAt().isAfter(time)).count();
  }

  private int begunToday(String recipe) {
    long now = nanos.getAsLong();
    List<Long> all = begun.computeIfAbsent(recipe, name -> new ArrayList<>());
    all.removeIf(began -> now - began > DAY.toNanos());
    return all.size();
  }

  private long freeBytes() {
    try {
      return folder.usableBytes();
    } catch (IOException e) {
      return 0;
    }
  }
}
