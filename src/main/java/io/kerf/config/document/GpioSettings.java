package io.kerf.config.document;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Lines of a GPIO chip: relays, a stack light, a light barrier.
 *
 * @param chip character device; {@code /dev/gpiochip0} by default
 * @param ok line, by its offset on the chip, that says so. @param ng likewise. @param error for parts that could not be judged
 * @param ready active while the station waits for a part
 * @param activeLow whether active is 0 V on the four of them; no by default
 * @param hold how long a result stays: a time of 1 ms to 60 s, 100 ms by default, or {@code until-trigger} for until the next part comes
 * @param trigger a line in, that a part comes
 */
public record GpioSettings(String chip, OptionalInt ok, OptionalInt ng, OptionalInt error, OptionalInt ready, Boolean activeLow, String hold,
    Optional<TriggerLine> trigger) {
  private static final String UNTIL_TRIGGER = "until-trigger";

  public GpioSettings {
    chip = chip == null ? "/dev/gpiochip0" : chip;
    ok = ok == null ? OptionalInt.empty() : ok;
    ng = ng == null ? OptionalInt.empty() : ng;
    error = error == null ? OptionalInt.empty() : error;
    ready = ready == null ? OptionalInt.empty() : ready;
    activeLow = activeLow != null && activeLow;
    hold = hold == null ? "100ms" : hold;
    trigger = trigger == null ? Optional.empty() : trigger;
  }

  /** How long a result stays; empty for until the next part comes. */
  public Optional<Duration> pulse() {
    return hold.equals(UNTIL_TRIGGER) ? Optional.empty() : Optional.of(DocumentFormat.duration(hold));
  }

  /**
   * @param line offset on the chip
   * @param edge of the voltage; rising by default
   * @param debounce how long the line must be still before an edge counts, 0 to 1 s; 5 ms by default
   * @param camera that takes the picture
   */
  public record TriggerLine(int line, Edge edge, Duration debounce, String camera) {
    public TriggerLine {
      edge = edge == null ? Edge.RISING : edge;
      debounce = debounce == null ? Duration.ofMillis(5) : debounce;
    }
  }

  public enum Edge {
    RISING,
    FALLING
  }
}
