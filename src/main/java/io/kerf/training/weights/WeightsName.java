package io.kerf.training.weights;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What stored weights are called: also the name of their file, so that no name can lead out of the library's folder. */
final class WeightsName {
  static final String SUFFIX = ".safetensors";

  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  private WeightsName() {}

  static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }

  /**
   * The name, without the suffix that the file will have.
   *
   * @throws FaultException {@link Fault#BAD_FIELD} where it is not 1 to 63 of a–z, 0–9, dot, hyphen and underscore, starting with a letter
   *     or digit
   */
  static String require(String given) {
    String name = given.endsWith(SUFFIX) ? given.substring(0, given.length() - SUFFIX.length()) : given;
    if (!isValid(name)) {
      throw new FaultException(Fault.BAD_FIELD, "The weights cannot be stored under this name. Give one with --name: 1 to 63 lower-case letters,"
          + " digits, dots, hyphens and underscores, starting with a letter or digit, for example \"resnet18-imagenet\".");
    }
    return name;
  }

  /** The name that a file of this name suggests; see {@link #require}. */
  static String of(String fileName) {
    return require(fileName.toLowerCase(Locale.ROOT));
  }
}
