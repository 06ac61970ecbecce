package io.kerf.training.continual;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a recipe may learn, and what for.
 *
 * @param cron when it fine-tunes, if there is anything new; never by time where empty
 * @param fineTuneAfter new normals after which it fine-tunes whatever the time; 0 for never
 * @param refitAfter new normals after which it refits; 0 for never
 * @param window of the day in which it may fine-tune
 * @param attemptsPerDay fine-tunings begun within 24 hours, whatever became of them
 * @param timePerDay that they may take together within 24 hours
 * @param wattHoursPerDay that the device may take within 24 hours while they run; 0 for no limit
 * @param busyPartsPerMinute from which on the line is busy; 0 where it never is
 * @param hottestCelsius of the device, above which it does not begin
 * @param leastFreeBytes of the disk, below which it does not begin
 */
public record Schedule(Optional<Cron> cron, int fineTuneAfter, int refitAfter, Window window, int attemptsPerDay, Duration timePerDay,
    double wattHoursPerDay, double busyPartsPerMinute, double hottestCelsius, long leastFreeBytes) {

  /** A span of the local day; from equal to until is the whole day, from after until goes over midnight. */
  public record Window(LocalTime from, LocalTime until) {
    /** @param text such as {@code 22:00-05:30}. @throws FaultException {@link Fault#BAD_CONFIGURATION} */
    public static Window parse(String text) {
      String[] ends = text.split("-");
      try {
        return new Window(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
      } catch (RuntimeException e) {
        throw new FaultException(Fault.BAD_CONFIGURATION, "\"" + text + "\" is no span of the day. Write it as 22:00-05:30.", e);
      }
    }

    boolean holds(LocalTime time) {
      return from.equals(until) || (from.isBefore(until) ? !time.isBefore(from) && time.isBefore(until) : !time.isBefore(from) || time.isBefore(until));
    }
  }

  /** @param text in the order of Unix: minute, hour, day of month, month, day of week. @throws FaultException {@link Fault#BAD_CONFIGURATION} */
  public static Cron parseCron(String text) {
    try {
      return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text).validate();
    } catch (IllegalArgumentException e) {
      throw new FaultException(Fault.BAD_CONFIGURATION, "\"" + text + "\" is no time table: " + e.getMessage() + ". Write minute, hour, day of month, month and day of"
          + " week, such as 0 2 * * * for two in the morning.", e);
    }
  }

  /** The first time of the time table after another; empty where there is none. */
  Optional<Instant> nextAfter(Instant time, ZoneId zone) {
    return cron.flatMap(table -> ExecutionTime.forCron(table).nextExecution(time.atZone(zone)).map(next -> next.toInstant()));
  }

  /** The next moment at which the window is open. */
  Instant whenOpen(Instant now, ZoneId zone) {
    if (window.holds(now.atZone(zone).toLocalTime())) {
      return now;
    }
    var today = now.atZone(zone).with(window.from);
    return (today.toInstant().isBefore(now) ? today.plusDays(1) : today).toInstant();
  }
}
