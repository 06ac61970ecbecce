package io.kerf.inspection.store;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/** A store on a real SQLite file, as a station has it, with a connection of its own for each call. */
final class StoreFixture {
  static final StationMark MARK = new StationMark("press-4", Optional.of("d0c"));

  final List<InspectionRecorded> told = Collections.synchronizedList(new ArrayList<>());
  final SQLiteDataSource dataSource = new SQLiteDataSource();
  final EvidenceFolder evidence;
  volatile RetentionPolicy policy = RetentionPolicy.UNLIMITED;
  final InspectionStore store;
  final InspectionIds ids;

  private final Clock clock;

  StoreFixture(Path folder, Clock clock) throws Exception {
    this.clock = clock;
    dataSource.setUrl("jdbc:sqlite:" + folder.resolve("kerf.db") + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=5000&foreign_keys=true");
    Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
    evidence = new EvidenceFolder(Files.createDirectories(folder.resolve("evidence")));
    store = new InspectionStore(dataSource, evidence, () -> policy, told::add);
    ids = new InspectionIds(clock, new Random(1), Optional.empty());
  }

  Inspection inspection(Verdict verdict) {
    return inspection(verdict, "default", clock.instant());
  }

  Inspection inspection(Verdict verdict, String recipe, Instant capturedAt) {
    boolean judged = verdict != Verdict.UNJUDGED;
    return new Inspection(ids.next(), capturedAt, recipe, Optional.of("SN-1"), Optional.empty(), "test", MARK, verdict,
        judged ? Optional.of(new Judgement("sha256:b0b", 12.5, 0.125, 40, Optional.of("OnnxRuntime"))) : Optional.empty(),
        judged ? Optional.empty() : Optional.of(new Reason("too-dark", "See the light.")), new Timings(1, 2, 3, 4, 0, 10));
  }

  Inspection record(Verdict verdict) {
    Inspection inspection = inspection(verdict);
    store.record(inspection, new byte[1000], Optional.of(new byte[500]));
    return inspection;
  }
}
