package io.kerf.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.CameraSettings.ImageKind;
import io.kerf.config.document.CameraSettings.Mode;
import io.kerf.config.document.DocumentReader.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SourcesSectionTest {
  private static Reading read(String sources) {
    return DocumentReader.read(("schema: 1\nrecipes: {flange: {}}\nsources:\n" + sources.indent(2)).getBytes(StandardCharsets.UTF_8));
  }

  private static SourcesSection good(String sources) {
    Reading reading = read(sources);
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) reading).document().sources();
  }

  private static List<String> problems(String sources) {
    Reading reading = read(sources);
    assertThat(reading).isInstanceOf(Reading.Bad.class);
    return ((Reading.Bad) reading).problems().stream().map(DocumentProblem::toString).toList();
  }

  @Test
  void everySettingIsRead() {
    SourcesSection sources = good("""
        folders:
          inbox: {path: /srv/in, files: "*.png", recipe: flange, names: "(?<lot>.+)_(?<part>.+)\\\\.png", after: delete, done: /srv/done, failed: bad, max-bytes: 5M, settle: 1s, give-up: 1m}
        cameras:
          top: {pipeline: "v4l2src ! jpegdec", mode: triggered, every: 1s, delay: 20ms, timeout: 500ms, stale-after: 2s, silence: 10s, image: png, recipe: flange}
        http: {enabled: false}
        """);
    assertThat(sources.folders().get("inbox")).isEqualTo(new FolderSettings("/srv/in", "*.png", Optional.of("flange"), Optional.of("(?<lot>.+)_(?<part>.+)\\.png"),
        FolderSettings.After.DELETE, "/srv/done", "bad", OptionalLong.of(5 << 20), Duration.ofSeconds(1), Duration.ofMinutes(1)));
    assertThat(sources.cameras().get("top")).isEqualTo(new CameraSettings("v4l2src ! jpegdec", Mode.TRIGGERED, Duration.ofSeconds(1), Duration.ofMillis(20),
        Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10), ImageKind.PNG, Optional.of("flange")));
    assertThat(sources.http().enabled()).contains(false);
    assertThat(sources.byName()).containsOnlyKeys("inbox", "top");
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    SourcesSection sources = good("""
        folders: {inbox: {path: /srv/in}}
        cameras: {top: {pipeline: v4l2src}}
        """);
    assertThat(sources.folders().get("inbox")).isEqualTo(new FolderSettings("/srv/in", "*.{jpg,jpeg,png,bmp,tif,tiff}", Optional.empty(), Optional.empty(),
        FolderSettings.After.MOVE, "done", "failed", OptionalLong.of(2L << 30), Duration.ofMillis(200), Duration.ofSeconds(10)));
    assertThat(sources.cameras().get("top")).isEqualTo(new CameraSettings("v4l2src", Mode.FREE_RUNNING, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1),
        Duration.ofSeconds(1), Duration.ofSeconds(3), ImageKind.JPEG, Optional.empty()));
    assertThat(sources.http().enabled()).isEmpty();
  }

  @Test
  void keysAndValuesThatAreNotValidAreTold() {
    assertThat(problems("""
        folders:
          inbox: {path: in, after: burn}
          Out: {path: /srv/out}
        cameras:
          top: {mode: triggered, fps: 30}
        """)).satisfiesExactlyInAnyOrder(
        one -> assertThat(one).contains("sources.folders.inbox.path: is \"in\" but must be an absolute path"),
        one -> assertThat(one).contains("sources.folders.inbox.after: is \"burn\" but must be one of move, delete"),
        one -> assertThat(one).contains("Out"),
        one -> assertThat(one).contains("sources.cameras.top.pipeline: is missing"),
        one -> assertThat(one).contains("sources.cameras.top.fps: is not a key that is known"));
  }

  @Test
  void valuesThatDoNotGoTogetherAreToldAtOnce() {
    assertThat(problems("""
        folders:
          http: {path: /srv/a, settle: 5ms, give-up: 2h, recipe: washer}
          b: {path: /srv/a/, names: "(", files: "{"}
          c: {path: /srv/c, names: ".*", done: failed}
          d: {path: /srv/d, failed: .}
        cameras:
          b: {pipeline: v4l2src, every: 2h, delay: 2m, timeout: 5ms, stale-after: 10ms, silence: 100ms}
        """)).satisfiesExactlyInAnyOrder(
        one -> assertThat(one).contains("sources.folders.http: is the name of a source that every station has"),
        one -> assertThat(one).contains("sources.folders.http.settle: must be 20ms to 1m"),
        one -> assertThat(one).contains("sources.folders.http.give-up: must be 1s to 1h"),
        one -> assertThat(one).contains("sources.folders.http.recipe: is washer, which is no recipe of this document: flange"),
        one -> assertThat(one).contains("sources.folders.b.path: is the folder of http"),
        one -> assertThat(one).contains("sources.folders.b.names: is \"(\" but must be a regular expression"),
        one -> assertThat(one).contains("sources.folders.b.files: is \"{\" but must be a glob"),
        one -> assertThat(one).contains("sources.folders.c.names: is \".*\" but must have a group"),
        one -> assertThat(one).contains("sources.folders.c.done: must be another folder than path and failed"),
        one -> assertThat(one).contains("sources.folders.d.failed: must be another folder than path"),
        one -> assertThat(one).contains("sources.cameras.b: is the name of a folder too"),
        one -> assertThat(one).contains("sources.cameras.b.every: must be 0s to 1h"),
        one -> assertThat(one).contains("sources.cameras.b.delay: must be 0s to 1m"),
        one -> assertThat(one).contains("sources.cameras.b.timeout: must be 10ms to 1m"),
        one -> assertThat(one).contains("sources.cameras.b.stale-after: must be 50ms to 1m"),
        one -> assertThat(one).contains("sources.cameras.b.silence: must be 200ms to 10m"));
  }
}
