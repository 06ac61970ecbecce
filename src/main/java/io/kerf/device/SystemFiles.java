package io.kerf.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files by which Linux tells of the machine: {@code /proc}, {@code /sys} and {@code /etc}, below a root of one's choice.
 *
 * <p>What cannot be read is absent, whatever the reason: a driver that is not loaded, one that answers {@code EAGAIN} for a part that is switched off,
 * a file that is empty or says {@code NotSupported}.
 */
record SystemFiles(Path root) {
  /** Many times what any of them has. */
  private static final int MOST_BYTES = 1 << 16;
  private static final List<String> NOTHING = List.of("", "notsupported", "not supported", "n/a");

  /** @param path below the root, without a leading slash */
  Path at(String path) {
    return root.resolve(path);
  }

  /** Without spaces and zero bytes at its ends. */
  Optional<String> text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).replace("\0", "").strip();
      return NOTHING.contains(text.toLowerCase(Locale.ROOT)) ? Optional.empty() : Optional.of(text);
    } catch (IOException silent) {
      return Optional.empty();
    }
  }

  /** A whole number, in decimal figures. */
  OptionalLong number(Path file) {
    Optional<String> text = text(file);
    try {
      return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
    } catch (NumberFormatException nonsense) {
      return OptionalLong.empty();
    }
  }

  /** What lies in a folder under such a name, {@code zone2} before {@code zone10}; nothing where there is no such folder. */
  List<Path> in(Path folder, Pattern name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> name.matcher(name(path)).matches())
          .sorted(Comparator.comparingInt((Path path) -> name(path).length()).thenComparing(SystemFiles::name)).toList();
    } catch (IOException | UncheckedIOException silent) {
      return List.of();
    }
  }

  /** A folder itself, whichever link leads to it. */
  Path itself(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException gone) {
      return folder;
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
