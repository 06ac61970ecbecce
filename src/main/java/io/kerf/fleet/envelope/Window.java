package io.kerf.fleet.envelope;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalTime;

/** A part of the day on the station's own clock, such as 22:00-05:30; where both ends are the same, the whole day. */
public record Window(LocalTime from, LocalTime to) {
  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

  /** @throws IllegalArgumentException where it is none */
  @JsonCreator
  public static Window parse(String text) {
    if (!text.matches(TIME + "-" + TIME)) {
      throw new IllegalArgumentException("must be a part of the day such as 22:00-05:30");
    }
    return new Window(LocalTime.parse(text.substring(0, 5)), LocalTime.parse(text.substring(6)));
  }

  public boolean contains(LocalTime now) {
    if (from.isBefore(to)) {
      return !now.isBefore(from) && now.isBefore(to);
    }
    return !now.isBefore(from) || now.isBefore(to);
  }

  @JsonValue
  @Override
  public String toString() {
    return from + "-" + to;
  }
}
