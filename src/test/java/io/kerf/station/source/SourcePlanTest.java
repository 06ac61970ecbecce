package io.kerf.station.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.CameraSettings;
import io.kerf.config.document.FolderSettings;
import io.kerf.config.document.SourceSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SourcePlanTest {
  private static final SourceSettings INBOX = folder("/in");
  private static final SourceSettings CAMERA = new CameraSettings("videotestsrc", null, null, null, null, null, null, null, Optional.empty());

  private static SourceSettings folder(String path) {
    return new FolderSettings(path, null, null, null, null, null, null, null, null, null);
  }

  static Stream<Arguments> plans() {
    return Stream.of(
        Arguments.of("nothing to do", Map.of("a", INBOX), Map.of("a", folder("/in")), Set.of(), Set.of()),
        Arguments.of("new", Map.of(), Map.of("a", INBOX, "b", CAMERA), Set.of(), Set.of("a", "b")),
        Arguments.of("gone", Map.of("a", INBOX, "b", CAMERA), Map.of("b", CAMERA), Set.of("a"), Set.of()),
        Arguments.of("changed", Map.of("a", INBOX, "b", CAMERA), Map.of("a", folder("/other"), "b", CAMERA), Set.of("a"), Set.of("a")),
        Arguments.of("a camera in place of a folder", Map.of("a", INBOX), Map.of("a", CAMERA), Set.of("a"), Set.of("a")),
        Arguments.of("all gone", Map.of("a", INBOX), Map.of(), Set.of("a"), Set.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void stopsWhatIsGoneStartsWhatIsNewAndLeavesTheRestAlone(String name, Map<String, SourceSettings> running, Map<String, SourceSettings> wanted, Set<String> stop,
      Set<String> start) {
    assertThat(SourcePlan.of(running, wanted)).isEqualTo(new SourcePlan(stop, start));
  }
}
