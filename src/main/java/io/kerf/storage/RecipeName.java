package io.kerf.storage;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.regex.Pattern;

/** The name of a recipe: also the name of its folder, so that no name can lead out of the data folder. */
public final class RecipeName {
  /** What a station that never changes product uses. */
  public static final String DEFAULT = "default";

  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private RecipeName() {}

  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }

  /**
   * The name, as it came.
   *
   * @throws FaultException {@link Fault#BAD_FIELD} where it is not 1 to 63 of a–z, 0–9 and hyphen, not starting with a hyphen
   */
  public static String require(String name) {
    if (!isValid(name)) {
      throw new FaultException(Fault.BAD_FIELD,
          "The recipe is not a valid name. Use 1 to 63 lower-case letters, digits and hyphens, not starting with a hyphen, for example \"bottle-33cl\".");
    }
    return name;
  }
}
