package io.kerf.cli;

import io.agroal.api.AgroalDataSource;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.EvidenceFolder;
import io.kerf.inspection.store.EvidencePolicy;
import io.kerf.inspection.store.FilterText;
import io.kerf.inspection.store.InspectionFilter;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.RetentionPolicy;
import io.kerf.inspection.store.SearchPage;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.flywaydb.core.Flyway;

/**
 * Records verdicts of a made-up line in a scratch database, then searches it: three recipes by turns, a lot each thousand parts, a part each second, one in two hundred
 * NG, two in a thousand unjudged, p-values as a calibration with five hundred held-out parts gives them. No images.
 */
final class SearchBench implements AutoCloseable {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int HELD_OUT = 500;
  private static final int LOT = 1000;
  private static final RetentionPolicy NO_IMAGES = new RetentionPolicy(EvidencePolicy.ALL, Duration.ofHours(1), 0, Duration.ofDays(1), 0, Long.MAX_VALUE);

  private final Path folder;
  private final AgroalDataSource database;
  private final InspectionStore store;
  private final int verdicts;
  private final PrintWriter out;
  private final Random random = new Random(1);
  private final LineClock clock = new LineClock();

  SearchBench(int verdicts, PrintWriter out) throws IOException, SQLException {
    this.folder = Files.createTempDirectory("kerf-bench");
    this.verdicts = verdicts;
    this.out = out;
    DataFolder data = new DataFolder(folder).open();
    this.database = InspectionBench.pool(data);
    Flyway.configure().dataSource(database).load().migrate();
    this.store = new InspectionStore(database, new EvidenceFolder(data.evidence()), () -> NO_IMAGES, recorded -> {});
  }

  /** A second later with each part. */
  private static final class LineClock extends Clock {
    private Instant now = BEGIN;

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** Records all of them. */
  void record() throws IOException {
    InspectionIds ids = new InspectionIds(clock, random, Optional.empty());
    long[] nanos = new long[verdicts];
    for (int i = 0; i < verdicts; i++) {
      Inspection part = part(ids.next(), i);
      long begun = System.nanoTime();
      store.record(part, new byte[0], Optional.empty());
      nanos[i] = System.nanoTime() - begun;
      clock.now = clock.now.plusSeconds(1);
    }
    int tenth = Math.max(1, verdicts / 10);
    print("record, the first tenth", Arrays.copyOfRange(nanos, 0, tenth), "");
    print("record, the last tenth", Arrays.copyOfRange(nanos, verdicts - tenth, verdicts), "");
    try (var files = Files.list(folder)) {
      out.printf(Locale.ROOT, "database %.0f MB%n", files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum() / 1e6);
    }
    out.flush();
  }

  private Inspection part(String id, int i) {
    boolean unjudged = random.nextInt(500) == 0;
    boolean bad = random.nextInt(200) == 0;
    double pValue = (1 + (bad ? random.nextInt(3) : random.nextInt(HELD_OUT))) / (HELD_OUT + 1.0);
    String digest = String.format("%064x", 0xb0b + i / 300_000);
    return new Inspection(id, clock.now.minusMillis(random.nextInt(500)), "recipe-" + i % 3, Optional.of(String.format("SN-%07d", i)), Optional.of("L" + i / LOT), "camera",
        new StationMark("Press 4", Optional.of(String.format("%064x", 0xd0c + i / 200_000))), unjudged ? Verdict.UNJUDGED : bad ? Verdict.NG : Verdict.OK,
        unjudged ? Optional.empty() : Optional.of(new Judgement(digest, 10 * Math.log(1 / pValue), pValue, 45, Optional.of("OnnxRuntime"))),
        unjudged ? Optional.of(new Reason("too-dark", "The image is too dark to judge. See the lamp.")) : Optional.empty(), new Timings(1.2, 17.1, 1.3, 0.5, 0, 20.4));
  }

  /** @return the slowest p99 of all searches, in milliseconds */
  double search(int rounds) {
    double slowest = 0;
    for (Map.Entry<String, Map<String, String>> search : searches().entrySet()) {
      InspectionFilter filter = FilterText.parse(search.getValue(), ZoneOffset.UTC);
      long[] nanos = new long[rounds];
      SearchPage page = null;
      for (int i = 0; i < rounds; i++) {
        long begun = System.nanoTime();
        page = store.search(filter, Optional.empty(), 50);
        nanos[i] = System.nanoTime() - begun;
      }
      slowest = Math.max(slowest, print(search.getKey(), nanos, page.items().size() + " found" + (page.lookedUntil().isPresent() ? ", and on" : "")));
    }
    out.flush();
    return slowest;
  }

  private Map<String, Map<String, String>> searches() {
    int middle = verdicts / 2;
    String from = BEGIN.plusSeconds(middle).toString();
    String hour = BEGIN.plusSeconds(middle + 3600).toString();
    String week = BEGIN.plusSeconds(middle + 7 * 24 * 3600).toString();
    String part = String.format("SN-%07d", middle);
    Map<String, Map<String, String>> searches = new LinkedHashMap<>();
    searches.put("the newest", Map.of());
    searches.put("one part", Map.of("part", part));
    searches.put("parts by their beginning", Map.of("part", part.substring(0, 8) + "*"));
    searches.put("a lot", Map.of("lot", "L" + middle / LOT));
    searches.put("NG of a lot", Map.of("lot", "L" + middle / LOT, "verdict", "NG"));
    searches.put("an hour", Map.of("from", from, "until", hour));
    searches.put("NG of an hour of a recipe", Map.of("from", from, "until", hour, "recipe", "recipe-1", "verdict", "NG"));
    searches.put("a week, unjudged", Map.of("from", from, "until", week, "verdict", "UNJUDGED"));
    searches.put("since the middle, of a recipe", Map.of("from", from, "recipe", "recipe-1"));
    searches.put("NG", Map.of("verdict", "NG"));
    searches.put("NG and unjudged of a recipe", Map.of("verdict", "NG,UNJUDGED", "recipe", "recipe-2"));
    searches.put("the oddest, p at most 0.002", Map.of("pValueTo", "0.002"));
    searches.put("p at most 0.01 since the middle", Map.of("pValueTo", "0.01", "from", from));
    searches.put("a score that nothing has", Map.of("scoreFrom", "1000"));
    searches.put("an old station document", Map.of("document", String.format("%064x", 0xd0c)));
    searches.put("a source that is none, of a recipe", Map.of("source", "http", "recipe", "recipe-0"));
    searches.put("a source that is none, in half of the time", Map.of("source", "http", "from", from));
    searches.put("reviewed", Map.of("reviewed", "ANY"));
    searches.put("not reviewed, NG", Map.of("reviewed", "NONE", "verdict", "NG"));
    return searches;
  }

  /** @return the p99 in milliseconds */
  private double print(String what, long[] nanos, String more) {
    Arrays.sort(nanos);
    double p99 = nanos[(int) (nanos.length * 0.99)] / 1e6;
    out.printf(Locale.ROOT, "%-45s p50 %8.3f ms  p99 %8.3f ms  %s%n", what, nanos[nanos.length / 2] / 1e6, p99, more);
    out.flush();
    return p99;
  }

  /** Deletes the oldest, as retention does. */
  void delete() {
    long[] nanos = new long[20];
    for (int i = 0; i < nanos.length; i++) {
      long begun = System.nanoTime();
      store.deleteOldest(1000);
      nanos[i] = System.nanoTime() - begun;
    }
    print("deleting a thousand of the oldest", nanos, "");
  }

  @Override
  public void close() throws IOException {
    database.close();
    AtomicFiles.deleteTree(folder);
  }
}
