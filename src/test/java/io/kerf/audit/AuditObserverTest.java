package io.kerf.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.storage.DataFolder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditObserverTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  @TempDir
  private Path temp;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TrailFixture station;
  private AuditObserver observer;

  @BeforeEach
  void make() {
    station = new TrailFixture(temp.resolve("kerf.db"));
    observer = new AuditObserver(station.trail, new DataFolder(temp), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private List<AuditEntry> newestFirst() {
    return station.trail.page(new AuditQuery(50, OptionalLong.empty(), Optional.empty(), Optional.empty()));
  }

  private long entries() {
    return ((AuditChain.Intact) station.trail.verify(Optional.empty())).entries();
  }

  @Test
  void aChangeStandsThoughTheDatabaseFailsAndTheTrailSaysWhatIsMissing() throws Exception {
    observer.begin(new StartupEvent(), meters);
    observer.changed(TrailFixture.change(1));
    try (Connection other = station.dataSource.getConnection(); Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      observer.changed(TrailFixture.change(2));
      observer.changed(TrailFixture.change(3));
      statement.execute("ROLLBACK");
    }
    assertThat(observer.lost()).isEqualTo(2);
    assertThat(meters.get("kerf.audit.lost").functionCounter().count()).isEqualTo(2);
    observer.changed(TrailFixture.change(4));
    observer.changed(TrailFixture.change(5));
    assertThat(newestFirst()).extracting(AuditEntry::subject).containsExactly("digest5", "digest4", "", "digest1");
    assertThat(newestFirst().get(2)).satisfies(gap -> {
      assertThat(gap.action()).isEqualTo("audit-gap");
      assertThat(gap.at()).isEqualTo(NOW);
      assertThat(gap.detail()).isEqualTo("2 changes before this could not be written");
    });
    assertThat(entries()).isEqualTo(4);
    assertThat(observer.lost()).isEqualTo(2);
  }

  /** {@code kerf models activate} writes no audit trail; what it did is in the history of models, and followed where a station runs. */
  @Test
  void whatWasActivatedWhileNoStationRanIsAddedAtTheStartOnce() throws Exception {
    String first = "a".repeat(64);
    String second = "b".repeat(64);
    Path models = Files.createDirectories(temp.resolve("recipes/lid/models"));
    Files.createDirectories(temp.resolve("recipes/Not a recipe/models"));
    Files.writeString(models.resolve("history.jsonl"), """
        {"digest": "%s", "previous": null, "activatedAt": "2026-01-01T00:00:00.123Z", "by": "ann", "reason": "first"}
        {"digest": "%s", "previous": "%s", "activatedAt": "2026-01-01T00:00:01Z", "by": "bob", "reason": ""}
        """.formatted(first, second, first));
    Files.writeString(models.resolve("active.json"), """
        {"digest": "%s", "previous": "%s", "activatedAt": "2026-01-01T00:00:02Z", "by": "ann", "reason": "back"}
        """.formatted(first, second));
    station.trail.append(new Changed(Instant.parse("2026-01-01T00:00:01Z"), "bob", Action.MODEL_ROLLED_BACK, "lid", second, ""));
    observer.begin(new StartupEvent(), meters);
    observer.catchUp();
    assertThat(newestFirst()).extracting(AuditEntry::at).containsExactly(Instant.parse("2026-01-01T00:00:02Z"), Instant.parse("2026-01-01T00:00:00.123Z"),
        Instant.parse("2026-01-01T00:00:01Z"));
    assertThat(newestFirst().get(0)).satisfies(entry -> {
      assertThat(entry.action()).isEqualTo("model-activated");
      assertThat(entry.by()).isEqualTo("ann");
      assertThat(entry.recipe()).isEqualTo("lid");
      assertThat(entry.subject()).isEqualTo(first);
      assertThat(entry.detail()).isEqualTo("back");
    });
    assertThat(entries()).isEqualTo(3);
  }
}
