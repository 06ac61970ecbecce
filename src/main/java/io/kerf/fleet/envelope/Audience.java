package io.kerf.fleet.envelope;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kerf.fleet.trust.Name;
import java.util.Locale;

/** Whom a document is for, written as the level of topics and addresses where it lies: {@code stations/line-7} or {@code groups/press}. */
public record Audience(Kind kind, String name) {
  /** One station, or all of a group. */
  public enum Kind {
    STATIONS, GROUPS
  }

  public static Audience station(String id) {
    return new Audience(Kind.STATIONS, id);
  }

  public static Audience group(String name) {
    return new Audience(Kind.GROUPS, name);
  }

  /** @throws IllegalArgumentException where it is none */
  @JsonCreator
  public static Audience parse(String text) {
    for (Kind kind : Kind.values()) {
      String prefix = kind.name().toLowerCase(Locale.ROOT) + "/";
      if (text.startsWith(prefix) && Name.isValid(text.substring(prefix.length()))) {
        return new Audience(kind, text.substring(prefix.length()));
      }
    }
    throw new IllegalArgumentException("must be stations/<id> or groups/<group>, with a name of lower-case letters, digits and hyphens");
  }

  @JsonValue
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + "/" + name;
  }
}
