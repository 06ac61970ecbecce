package io.kerf.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do; each may do what those before may. */
public enum Role {
  /** Looks on. */
  VIEWER,
  /** Has parts judged and says what they really were. */
  OPERATOR,
  /** Changes what parts are judged by and learnt from. */
  ENGINEER,
  /** Says who may do what. */
  ADMIN;

  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** Lower-case, as people write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a label in any case; empty where there is no such role. */
  public static Optional<Role> of(String label) {
    return Arrays.stream(values()).filter(role -> role.name().equalsIgnoreCase(label)).findFirst();
  }
}
