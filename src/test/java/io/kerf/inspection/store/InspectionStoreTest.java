package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.StoredInspection.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionStoreTest {
  private static final Instant NOON = Instant.parse("2024-11-23T12:00:00.123Z");

  @TempDir
  Path temp;

  private StoreFixture fixture;
  private InspectionStore store;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(temp, Clock.fixed(NOON, ZoneOffset.UTC));
    store = fixture.store;
  }

  @Test
  void whatIsRecordedIsReadBackAsItWas() {
    for (Verdict verdict : Verdict.values()) {
      Inspection inspection = fixture.inspection(verdict);
      store.record(inspection, new byte[] {(byte) 0x89, 'P', 'N', 'G', 1}, Optional.of(new byte[] {7, 8}));
      StoredInspection stored = store.byId(inspection.id()).orElseThrow();
      assertThat(stored).isEqualTo(new StoredInspection(inspection, Optional.of(new Evidence("image/png", 5, 2)), false));
      assertThat(store.image(stored)).contains(new byte[] {(byte) 0x89, 'P', 'N', 'G', 1});
      assertThat(store.heatMap(stored)).contains(new byte[] {7, 8});
    }
  }

  @Test
  void evidenceLiesInTheFolderOfItsDay() {
    Inspection inspection = fixture.inspection(Verdict.OK);
    store.record(inspection, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, Optional.of(new byte[1]));
    assertThat(temp.resolve("evidence/2024-11-23/" + inspection.id() + ".jpg")).hasSize(3);
    assertThat(temp.resolve("evidence/2024-11-23/" + inspection.id() + ".heat.png")).hasSize(1);
  }

  @Test
  void everyVerdictOfManyThreadsIsKeptAndTold() {
    ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();
    IntStream.range(0, 400).parallel().forEach(i -> ids.add(fixture.record(Verdict.OK).id()));
    assertThat(ids).hasSize(400).allSatisfy(id -> assertThat(store.byId(id)).isPresent());
    assertThat(store.count()).isEqualTo(400);
    assertThat(fixture.told).hasSize(400);
  }

  @Test
  void whatAnotherConnectionSeesIsThereWhenRecordReturns() throws Exception {
    Inspection inspection = fixture.record(Verdict.NG);
    try (Connection other = fixture.dataSource.getConnection(); Statement statement = other.createStatement()) {
      assertThat(statement.executeQuery("SELECT verdict FROM inspection WHERE id = '" + inspection.id() + "'").getString(1)).isEqualTo("NG");
    }
  }

  @Test
  void anImageThatCannotBeKeptCostsTheImageNotTheVerdict() throws Exception {
    Files.delete(temp.resolve("evidence"));
    Files.writeString(temp.resolve("evidence"), "in the way");
    Inspection inspection = fixture.record(Verdict.NG);
    StoredInspection stored = store.byId(inspection.id()).orElseThrow();
    assertThat(stored.evidence()).isEmpty();
    assertThat(stored.inspection()).isEqualTo(inspection);
    assertThat(store.image(stored)).isEmpty();
    assertThat(store.evidenceLost()).isEqualTo(1);
  }

  @Test
  void aVerdictThatCannotBeKeptFailsAndLeavesNoImage() throws Exception {
    try (Connection other = fixture.dataSource.getConnection(); Statement statement = other.createStatement()) {
      statement.execute("ALTER TABLE inspection RENAME TO lost");
    }
    assertThatThrownBy(() -> fixture.record(Verdict.NG))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.DATA_FOLDER_UNUSABLE));
    assertThat(temp.resolve("evidence/2024-11-23")).isEmptyDirectory();
    assertThat(store.evidenceBytes()).isZero();
    assertThat(fixture.told).isEmpty();
  }

  @Test
  void aFailingObserverCostsNoVerdict() {
    InspectionStore watched = new InspectionStore(fixture.dataSource, fixture.evidence, recorded -> {
      throw new IllegalStateException("observer");
    });
    Inspection inspection = fixture.inspection(Verdict.OK);
    watched.record(inspection, new byte[1], Optional.empty());
    assertThat(watched.byId(inspection.id())).isPresent();
  }

  @Test
  void halfWrittenEvidenceIsNotShown() throws Exception {
    Inspection inspection = fixture.record(Verdict.OK);
    Files.write(temp.resolve("evidence/2024-11-23/" + inspection.id() + ".bin"), new byte[3]);
    assertThat(store.image(store.byId(inspection.id()).orElseThrow())).isEmpty();
  }

  @Test
  void theLatestIsThatJudgedLastOfAllOrOfARecipe() {
    assertThat(store.latest(Optional.empty())).isEmpty();
    Inspection first = recordedAt("a", NOON.plusSeconds(60));
    Inspection second = recordedAt("b", NOON);
    assertThat(store.latest(Optional.empty()).orElseThrow().inspection()).isEqualTo(second);
    assertThat(store.latest(Optional.of("a")).orElseThrow().inspection()).isEqualTo(first);
    assertThat(store.latest(Optional.of("none"))).isEmpty();
  }

  @Test
  void verdictsAreCountedByTimeOfCapture() {
    for (int hour = -2; hour <= 2; hour++) {
      store.record(fixture.inspection(hour == 0 ? Verdict.NG : Verdict.OK, "default", NOON.plus(Duration.ofHours(hour))), new byte[1], Optional.empty());
    }
    assertThat(store.counts(NOON.minus(Duration.ofHours(1)), NOON.plus(Duration.ofHours(2)))).isEqualTo(new VerdictCounts(2, 1, 0));
  }

  /** Of many captured at the same moment, and of those that were judged later than they were captured. */
  @Test
  void aSpanIsReadOldestCaptureFirstEachPartOnce() {
    List<Inspection> wanted = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      wanted.add(recordedAt("default", NOON));
    }
    wanted.add(0, recordedAt("default", NOON.minusSeconds(60)));
    recordedAt("other", NOON);
    recordedAt("default", NOON.plusSeconds(60));
    recordedAt("default", NOON.minusSeconds(61));
    String newest = recordedAt("default", NOON.minusSeconds(60)).id();
    recordedAt("default", NOON);
    Optional<Instant> from = Optional.of(NOON.minusSeconds(60));
    SpanQuery span = new SpanQuery("default", from, Optional.of(NOON.plusSeconds(60)), Optional.empty(), newest);
    wanted.add(1, store.byId(newest).orElseThrow().inspection());
    for (int limit : new int[] {1, 2, 3, 9, 10}) {
      List<Inspection> read = new ArrayList<>();
      Optional<StoredInspection> last = Optional.empty();
      List<StoredInspection> page;
      do {
        page = store.oldestFirst(span, last, limit);
        page.forEach(stored -> read.add(stored.inspection()));
        last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1));
      } while (page.size() == limit);
      assertThat(read).as("pages of " + limit).isEqualTo(wanted);
    }
    assertThat(store.count(span)).isEqualTo(wanted.size());
    assertThat(store.count(new SpanQuery("default", Optional.empty(), Optional.empty(), Optional.empty(), newest))).isEqualTo(wanted.size() + 2);
    assertThat(store.count(new SpanQuery("default", Optional.empty(), Optional.empty(), Optional.of("L1"), newest))).isZero();
  }

  private Inspection recordedAt(String recipe, Instant capturedAt) {
    Inspection inspection = fixture.inspection(Verdict.OK, recipe, capturedAt);
    store.record(inspection, new byte[10], Optional.empty());
    return inspection;
  }
}
