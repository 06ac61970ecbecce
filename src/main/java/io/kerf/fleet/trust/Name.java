package io.kerf.fleet.trust;

import java.util.regex.Pattern;

/** The name of a fleet, a station or a group: also a level of a topic and of an address, so that no name can lead elsewhere. */
public final class Name {
  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private Name() {}

  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }
}
