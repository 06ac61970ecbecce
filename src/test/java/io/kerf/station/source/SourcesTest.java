package io.kerf.station.source;

import static io.kerf.station.source.Eventually.assertThatSoon;
import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.CameraSettings;
import io.kerf.config.document.FolderSettings;
import io.kerf.config.document.HttpSettings;
import io.kerf.config.document.SourcesSection;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Source.Status;
import io.kerf.station.line.Trigger;
import io.kerf.station.source.camera.CameraFailure;
import io.kerf.station.source.folder.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  @TempDir
  private Path root;
  private final TestLine line = new TestLine();
  private final AtomicInteger opened = new AtomicInteger();
  private Sources sources;

  @BeforeEach
  void make() {
    sources = new Sources(line.judging(), new Records(() -> UUID.randomUUID().toString(), line.records::containsKey), (pipeline, image) -> {
      opened.incrementAndGet();
      throw new CameraFailure("there is no camera in this test");
    }, root.resolve("sources"), 1000);
  }

  @AfterEach
  void close() {
    sources.close();
  }

  private FolderSettings folder(String name) throws Exception {
    return new FolderSettings(Files.createDirectories(root.resolve(name)).toString(), null, null, null, null, null, null, null, null, null);
  }

  private static CameraSettings camera(CameraSettings.Mode mode) {
    return new CameraSettings("videotestsrc", mode, null, null, null, null, null, null, null);
  }

  private List<String> names() {
    return sources.statuses().stream().map(Status::name).toList();
  }

  @Test
  void aStationWithoutSourcesTakesImagesThatAreSent() {
    assertThat(names()).containsExactly("http");
    assertThat(sources.takesHttp()).isTrue();
    sources.reconcile(new SourcesSection(null, null, new HttpSettings(Optional.of(false))));
    assertThat(sources.takesHttp()).isFalse();
    assertThat(sources.statuses().get(0).condition().words()).contains("switched off");
  }

  @Test
  void sourcesComeAndGoWithTheDocumentAndThoseThatStayAreLeftAlone() throws Exception {
    sources.reconcile(new SourcesSection(Map.of("a", folder("a"), "b", folder("b")), null, null));
    assertThat(names()).containsExactly("a", "b", "http");
    Files.writeString(root.resolve("a/1.png"), "ok");
    assertThatSoon(() -> assertThat(sources.statuses().get(0).judged()).isEqualTo(1));
    sources.reconcile(new SourcesSection(Map.of("a", folder("a")), Map.of("top", camera(CameraSettings.Mode.TRIGGERED)), null));
    assertThat(names()).containsExactly("a", "top", "http");
    assertThat(sources.statuses().get(0).judged()).as("not started anew").isEqualTo(1);
    assertThatSoon(() -> assertThat(opened.get()).isPositive());
    Files.writeString(root.resolve("b/2.png"), "ok");
    Files.writeString(root.resolve("a/3.png"), "ok");
    assertThatSoon(() -> assertThat(line.parts()).containsExactly("1", "3"));
  }

  @Test
  void aSourceThatCannotBeStartedSaysSoAndIsTriedAgain() throws Exception {
    Path obstacle = Files.writeString(root.resolve("sources"), "a file where the folder should be");
    sources.reconcile(new SourcesSection(Map.of("a", folder("a")), null, null));
    Status status = sources.statuses().get(0);
    assertThat(status.condition().state()).isEqualTo(State.FAILS);
    assertThat(status.condition().words()).contains("Cannot be started");
    Files.delete(obstacle);
    sources.tick();
    Files.writeString(root.resolve("a/1.png"), "ok");
    assertThatSoon(() -> assertThat(line.parts()).containsExactly("1"));
  }

  @Test
  void aTriggerForNoCameraIsMissedAtOnce() throws Exception {
    sources.reconcile(new SourcesSection(Map.of("a", folder("a")), null, null));
    Outcome outcome = sources.fire("a", new Trigger(Optional.of("A-17"), Optional.empty(), "test", System.nanoTime())).get();
    assertThat(outcome).isInstanceOfSatisfying(Outcome.Missed.class, missed -> assertThat(missed.code()).isEqualTo("no-such-source"));
    assertThat(line.missed).hasSize(1);
  }
}
