package io.kerf.fleet.protocol;

/** Versions of Kerf, {@code major.minor.patch}; what is missing is 0, and what follows a hyphen does not count. */
final class AppVersion {
  private AppVersion() {}

  static int compare(String one, String other) {
    String[] left = one.split("-", 2)[0].split("\\.");
    String[] right = other.split("-", 2)[0].split("\\.");
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      int difference = Integer.compare(part(left, i), part(right, i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static int part(String[] parts, int i) {
    return i < parts.length ? Integer.parseInt(parts[i]) : 0;
  }
}
