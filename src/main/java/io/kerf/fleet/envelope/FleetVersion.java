package io.kerf.fleet.envelope;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Which of two documents is newer: the epoch counts first.
 *
 * @param epoch from 1
 * @param number 64 bits without a sign
 */
public record FleetVersion(long epoch, long number) implements Comparable<FleetVersion> {
  /** Of {@code epoch.number}, as {@link #toString} writes it. @throws IllegalArgumentException where it is none */
  @JsonCreator
  public static FleetVersion parse(String text) {
    if (!text.matches("[0-9]{1,18}\\.[0-9]{1,20}")) {
      throw new IllegalArgumentException("a version is written epoch.number, such as 1.42");
    }
    int dot = text.indexOf('.');
    return new FleetVersion(Long.parseLong(text.substring(0, dot)), Long.parseUnsignedLong(text.substring(dot + 1)));
  }

  /** The one after this in the same epoch. */
  public FleetVersion next() {
    if (number == -1) {
      throw new IllegalStateException("there is no version after " + this + ": raise the epoch");
    }
    return new FleetVersion(epoch, number + 1);
  }

  @Override
  public int compareTo(FleetVersion other) {
    return epoch != other.epoch ? Long.compare(epoch, other.epoch) : Long.compareUnsigned(number, other.number);
  }

  @JsonValue
  @Override
  public String toString() {
    return epoch + "." + Long.toUnsignedString(number);
  }
}
