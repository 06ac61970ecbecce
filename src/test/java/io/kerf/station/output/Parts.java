package io.kerf.station.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.EvidenceFolder;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.station.line.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/** Parts that are judged and recorded in a real database, as on a station. */
final class Parts {
  static final Clock CLOCK = Clock.systemUTC();
  static final ObjectMapper JSON = new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule()).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  final DataSource dataSource;
  final InspectionStore store;
  final InspectionIds ids;
  final OutcomeTable table;
  final Messages messages;
  volatile Consumer<Outcome> told = outcome -> {};

  Parts(Path folder) throws Exception {
    this(folder, unpooled(folder));
  }

  Parts(Path folder, DataSource dataSource) throws Exception {
    this.dataSource = dataSource;
    Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
    store = new InspectionStore(dataSource, new EvidenceFolder(Files.createDirectories(folder.resolve("evidence"))),
        recorded -> told.accept(new Outcome.Judged(recorded.stored().inspection())));
    ids = new InspectionIds(CLOCK, new Random(), Optional.empty());
    table = new OutcomeTable(dataSource);
    messages = new Messages(store::byId, JSON, ids::next);
  }

  private static DataSource unpooled(Path folder) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl(url(folder));
    return source;
  }

  /** As a station has it. */
  static String url(Path folder) {
    return "jdbc:sqlite:" + folder.resolve("kerf.db") + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=5000&foreign_keys=true";
  }

  static Inspection inspection(String id, Verdict verdict) {
    boolean judged = verdict != Verdict.UNJUDGED;
    return new Inspection(id, Instant.parse("2024-11-23T12:00:00.123Z"), "default", Optional.of("SN-1"), Optional.empty(), "top", StationMark.UNKNOWN, verdict,
        judged ? Optional.of(new Judgement("sha256:b0b", 12.5, 0.125, 40, Optional.of("OnnxRuntime"))) : Optional.empty(), judged ? Optional.empty() : Optional.of(new Reason("too-dark", "See the light.")),
        new Timings(1, 2, 3, 4, 0, 10));
  }

  /** @return its identifier */
  String judge(Verdict verdict) {
    String id = ids.next();
    store.record(inspection(id, verdict), new byte[10], Optional.empty());
    return id;
  }

  static Outcome judged(Verdict verdict) {
    return new Outcome.Judged(inspection("0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55", verdict));
  }

  static Outcome.Missed missed() {
    return new Outcome.Missed("top", Optional.of("SN-2"), Optional.empty(), "no-frame", "No frame came in time.", Instant.parse("2024-11-23T12:00:00.123Z"));
  }
}
