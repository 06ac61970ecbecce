package io.kerf.device;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's Linux for Jetson (L4T), as {@code /etc/nv_tegra_release} names it.
 *
 * @param release such as {@code 36.4.3}
 */
public record JetsonLinux(String release) {
  private static final Pattern LINE = Pattern.compile("# R(\\d+) \\(release\\), REVISION: (\\d+(?:\\.\\d+)*)\\b.*");

  /**
   * JetPack by its Jetson Linux. 38.2, 38.2.1 and 38.4 from NVIDIA's pages of JetPack 7.0 and 7.1; 36.3 to 36.4.4 from tables of makers of boards; 36.4.7
   * and 39.2 from owners who read both on a board; 36.5 and 39.2.1 from others who copied NVIDIA's JetPack archive.
   */
  private static final Map<String, String> JETPACK = Map.ofEntries(Map.entry("36.3.0", "6.0"), Map.entry("36.4.0", "6.1"), Map.entry("36.4.3", "6.2"),
      Map.entry("36.4.4", "6.2.1"), Map.entry("36.4.7", "6.2.1"), Map.entry("36.5.0", "6.2.2"), Map.entry("36.5.2", "6.2.3"), Map.entry("38.2.0", "7.0"),
      Map.entry("38.2.1", "7.0"), Map.entry("38.4.0", "7.1"), Map.entry("39.2.0", "7.2"), Map.entry("39.2.1", "7.2.1"));

  static Optional<JetsonLinux> read(SystemFiles files) {
    return files.text(files.at("etc/nv_tegra_release")).flatMap(text -> parse(text.lines().findFirst().orElse("")));
  }

  /** @param line {@code # R36 (release), REVISION: 4.3, GCID: …}; empty where it is another */
  static Optional<JetsonLinux> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.matches() ? Optional.of(new JetsonLinux(matcher.group(1) + "." + matcher.group(2))) : Optional.empty();
  }

  /** Such as {@code 6.2}; empty for a release that the table does not know. */
  public Optional<String> jetPack() {
    return Optional.ofNullable(JETPACK.get(release));
  }
}
