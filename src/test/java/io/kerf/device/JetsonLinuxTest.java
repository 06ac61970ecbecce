package io.kerf.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JetsonLinuxTest {
  @ParameterizedTest
  @CsvSource({"36, 4.0, 6.1", "36, 4.3, 6.2", "36, 4.4, 6.2.1", "36, 4.7, 6.2.1", "38, 2.1, 7.0", "38, 4.0, 7.1",
      "39, 2.0, 7.2", "39, 2.1, 7.2.1", "36, 4.9, ", "40, 1.0, "})
  void jetPackIsNamedWhereItIsKnown(String release, String revision, String jetPack) {
    Optional<JetsonLinux> found = JetsonLinux.parse("# R" + release + " (release), REVISION: " + revision + ", GCID: 42132812, BOARD: generic, EABI: aarch64");
    assertThat(found).hasValue(new JetsonLinux(release + "." + revision));
    assertThat(found.flatMap(JetsonLinux::jetPack)).isEqualTo(Optional.ofNullable(jetPack));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# KERNEL_VARIANT: oot", "R36", "# R36 (release), REVISION: x"})
  void anotherLineIsNoRelease(String line) {
    assertThat(JetsonLinux.parse(line)).isEmpty();
  }

  @Test
  void aLineWithoutMoreIsEnough() {
    assertThat(JetsonLinux.parse("# R39 (release), REVISION: 2.0")).hasValue(new JetsonLinux("39.2.0"));
  }
}
