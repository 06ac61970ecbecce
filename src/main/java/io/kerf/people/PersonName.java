package io.kerf.people;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a person or a machine: 1 to 64 letters, digits, spaces and {@code . _ - @ '}. Two that differ in case alone are the same. */
public final class PersonName {
  /** Who makes changes on a station that nobody has claimed, from the machine itself; nobody else may be called so. */
  public static final String LOCAL = "local";
  /** What the station does by itself; likewise. */
  public static final String STATION = "station";

  private static final int MAX_CHARACTERS = 64;
  private static final Pattern VALID = Pattern.compile("[\\p{L}\\p{M}\\p{N}._@'-]+( [\\p{L}\\p{M}\\p{N}._@'-]+)*");

  private PersonName() {}

  /**
   * The name as it is kept: composed (NFC).
   *
   * @throws FaultException {@link Fault#BAD_FIELD} where it is none, or is one that the station itself goes by
   */
  public static String require(String name) {
    String composed = name == null ? "" : Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
    if (composed.length() > MAX_CHARACTERS || !VALID.matcher(composed).matches() || composed.matches("\\.+")) {
      throw new FaultException(Fault.BAD_FIELD, "name is not valid. Use 1 to " + MAX_CHARACTERS + " letters, digits, single spaces and . _ - @ '.");
    }
    if (key(composed).equals(LOCAL) || key(composed).equals(STATION)) {
      throw new FaultException(Fault.BAD_FIELD, "name is not valid. The station itself goes by \"" + composed + "\"; take another one.");
    }
    return composed;
  }

  /** By which names are compared. Never fails, whatever somebody typed. */
  public static String key(String name) {
    return Normalizer.normalize(name.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
