package io.kerf.inspection.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * The time that counts are of.
 *
 * @param startedAt its first moment
 * @param endsAt the first moment of the next one
 */
public record Shift(Instant startedAt, Instant endsAt) {
  /** @throws IllegalArgumentException where it would end before it begins */
  public Shift {
    if (!startedAt.isBefore(endsAt)) {
      throw new IllegalArgumentException("A shift from " + startedAt + " to " + endsAt + " has no time in it");
    }
  }

  /**
   * The shift of a moment. A time of day that the clocks leave out in spring is taken an hour later, one that they tell twice in autumn the first time.
   *
   * @param begins when shifts begin, by the station's clock; at midnight where there are none
   */
  public static Shift at(List<LocalTime> begins, Instant now, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    List<LocalTime> times = begins.isEmpty() ? List.of(LocalTime.MIDNIGHT) : begins;
    TreeSet<Instant> all = new TreeSet<>();
    LongStream.rangeClosed(-1, 2).mapToObj(today::plusDays).forEach(day -> times.forEach(time -> all.add(day.atTime(time).atZone(zone).toInstant())));
    return new Shift(all.floor(now), all.higher(now));
  }

  /** Whether a moment lies in it. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(startedAt) && moment.isBefore(endsAt);
  }
}
