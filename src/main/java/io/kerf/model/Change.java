package io.kerf.model;

import java.util.Objects;

/**
 * Who changed which model is in use, and why: kept with the change.
 *
 * @param by a person's name, or the part of the station that did it by itself
 * @param reason for whoever asks later; may be empty
 */
public record Change(String by, String reason) {
  /** What the station does without being asked. */
  public static final String STATION = "station";

  public Change {
    Objects.requireNonNull(by);
    Objects.requireNonNull(reason);
  }
}
