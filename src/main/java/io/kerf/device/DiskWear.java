package io.kerf.device;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much of an eMMC's life is used, as it estimates itself (JEDEC JESD84-B51).
 *
 * @param disk such as {@code mmcblk0}
 * @param share at most this much of its life is used, in steps of 0.1; 1.1 where it has outlived what its maker estimated. The worse of its two estimates
 * @param spare what is left of its spare blocks
 */
public record DiskWear(String disk, OptionalDouble share, Optional<Spare> spare) {
  private static final Pattern EMMC = Pattern.compile("mmcblk\\d+");
  private static final int OUTLIVED = 0x0B;

  /** Spare blocks, in the order in which they are used up. */
  public enum Spare {
    NORMAL,
    /** Four fifths are used. */
    WARNING,
    /** Nine tenths are used. */
    URGENT
  }

  /** Of each disk that tells either; NVMe and SD cards tell nothing there. */
  static List<DiskWear> read(SystemFiles files) {
    return files.in(files.at("sys/block"), EMMC).stream().map(disk -> new DiskWear(disk.getFileName().toString(), share(files, disk), spare(files, disk)))
        .filter(wear -> wear.share().isPresent() || wear.spare().isPresent()).toList();
  }

  private static OptionalDouble share(SystemFiles files, Path disk) {
    OptionalInt worst = steps(files, disk.resolve("device/life_time")).filter(step -> step > 0 && step <= OUTLIVED).mapToInt(Integer::intValue).max();
    return worst.isPresent() ? OptionalDouble.of(worst.getAsInt() / 10.0) : OptionalDouble.empty();
  }

  private static Optional<Spare> spare(SystemFiles files, Path disk) {
    return steps(files, disk.resolve("device/pre_eol_info")).filter(step -> step > 0 && step <= Spare.values().length).findFirst()
        .map(step -> Spare.values()[step - 1]);
  }

  /** Of {@code 0x01 0x02}. */
  private static Stream<Integer> steps(SystemFiles files, Path file) {
    return Arrays.stream(files.text(file).orElse("").split("\\s+")).filter(word -> word.matches("0x[0-9a-fA-F]{1,2}")).map(Integer::decode);
  }
}
