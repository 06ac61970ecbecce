package io.kerf.station.source.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.FaultException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartNameTest {
  @ParameterizedTest
  @CsvSource({"A-17.png, A-17", "A.17.jpeg, A.17", "A-17, A-17", ".png, .png", "Größe 7.png, Größe 7"})
  void withoutAPatternTheNameWithoutItsExtensionIsThePart(String name, String part) {
    assertThat(PartName.of(name, Optional.empty())).isEqualTo(new PartName(Optional.of(part), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(nullValues = "none", value = {
      "(?<lot>[^_]+)_(?<part>[^.]+)\\..*, L7_A-17.png, A-17, L7",
      "cam1-(?<part>\\d+)\\.png, cam1-42.png, 42, none",
      "(?<lot>[^_]+)_.*, L7_x.png, none, L7",
      "(?:(?<lot>L\\d)_)?(?<part>[^.]+)\\..*, A-17.png, A-17, none",
  })
  void aPatternSaysWhatIsPartAndWhatIsLot(String pattern, String name, String part, String lot) {
    assertThat(PartName.of(name, Optional.of(Pattern.compile(pattern)))).isEqualTo(new PartName(Optional.ofNullable(part), Optional.ofNullable(lot)));
  }

  @Test
  void aNameThatDoesNotFitThePatternIsRefused() {
    assertThatThrownBy(() -> PartName.of("x.png", Optional.of(Pattern.compile("(?<part>\\d+)\\.png")))).isInstanceOf(FaultException.class)
        .hasMessageContaining("does not fit the pattern");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb.png", "a\u202eb.png", "a\ufffdb.png", "\u0007.png"})
  void whatCannotBePrintedIsRefused(String name) {
    assertThatThrownBy(() -> PartName.of(name, Optional.empty())).isInstanceOf(FaultException.class).hasMessageContaining("no valid part's id");
  }

  @Test
  void aPartHasAtMost128Characters() {
    assertThat(PartName.of("x".repeat(128) + ".png", Optional.empty()).partId()).hasValue("x".repeat(128));
    assertThatThrownBy(() -> PartName.of("x".repeat(129) + ".png", Optional.empty())).isInstanceOf(FaultException.class);
  }
}
