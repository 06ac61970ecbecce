package io.kerf.device;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Main memory; on a Jetson the GPU's too.
 *
 * @param availableBytes that programs could still have without swapping
 */
public record Memory(long totalBytes, long availableBytes) {
  private static final long KIBIBYTE = 1024;

  static Optional<Memory> read(SystemFiles files) {
    String table = files.text(files.at("proc/meminfo")).orElse("");
    OptionalLong total = bytes(table, "MemTotal");
    OptionalLong available = bytes(table, "MemAvailable");
    return total.isPresent() && available.isPresent() ? Optional.of(new Memory(total.getAsLong(), available.getAsLong())) : Optional.empty();
  }

  private static OptionalLong bytes(String table, String row) {
    Matcher matcher = Pattern.compile("(?m)^" + row + ":\\s+(\\d{1,15}) kB$").matcher(table);
    return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1)) * KIBIBYTE) : OptionalLong.empty();
  }
}
