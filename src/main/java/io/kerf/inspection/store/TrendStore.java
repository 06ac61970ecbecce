package io.kerf.inspection.store;

import io.kerf.inspection.Verdict;
import io.kerf.storage.Database;
import io.kerf.storage.Sql;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.sql.DataSource;

/**
 * Reads how parts were over time from the records, at a cost that does not grow with who looks:
 * <ol>
 * <li>Buckets lie on a grid of their width, so that one that is over is read once and kept; a look at the page a moment later reads the last ones alone.
 * <li>From the newest on, no more records are read than {@link #MOST_RECORDS} for one answer; what lies before is left out and {@link Trend#from()} says so.
 * <li>One reads at a time.
 * <li>Where the clock went back, what was over is not over any more: all is read anew.
 * </ol>
 */
@Singleton
public final class TrendStore {
  /** About a second of reading. */
  static final long MOST_RECORDS = 250_000;
  /** Of one answer. */
  public static final int MOST_BUCKETS = 400;
  /** Parts are recorded moments after their capture; buckets that ended less long ago are read anew. */
  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final int KEPT = 4_000;

  private static final String BUCKET = "SELECT verdict, count(*), sum(p_value <= 0.5), sum(p_value <= 0.1), sum(p_value <= 0.01), sum(score), max(score), sum(threshold) FROM inspection "
      + "INDEXED BY inspection_by_capture WHERE captured_at >= ? AND captured_at < ? AND recipe = ? GROUP BY verdict";
  private static final String WORDS = "SELECT review.truth || inspection.verdict, count(*) FROM review JOIN inspection ON inspection.id = review.inspection "
      + "WHERE review.inspection >= ? AND review.recipe = ? AND inspection.captured_at >= ? AND inspection.captured_at < ? GROUP BY 1";

  private final DataSource dataSource;
  private final long mostRecords;
  private final Map<Key, Optional<Trend.Bucket>> over = new LinkedHashMap<>();
  private Instant last = Instant.MIN;

  @Inject
  public TrendStore(DataSource dataSource) {
    this(dataSource, MOST_RECORDS);
  }

  TrendStore(DataSource dataSource, long mostRecords) {
    this.dataSource = dataSource;
    this.mostRecords = mostRecords;
  }

  private record Key(String recipe, Instant from, Duration width) {}

  /**
   * @param now the end; the bucket it lies in is the last
   * @param count of buckets, at most {@link #MOST_BUCKETS}
   */
  public synchronized Trend trend(String recipe, Instant now, Duration width, int count) {
    if (count < 1 || count > MOST_BUCKETS) {
      throw new IllegalArgumentException(count + " buckets");
    }
    if (now.isBefore(last)) {
      over.clear();
    }
    last = now;
    long step = width.toMillis();
    Instant begin = Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), step) * step);
    ArrayDeque<Trend.Bucket> buckets = new ArrayDeque<>();
    Instant from = begin.plus(width);
    long records = 0;
    for (int i = 0; i < count && records < mostRecords; i++) {
      from = from.minus(width);
      Optional<Trend.Bucket> bucket = bucket(new Key(recipe, from, width), now);
      bucket.ifPresent(buckets::addFirst);
      records += bucket.map(Trend.Bucket::counts).map(counts -> counts.ok() + counts.ng() + counts.unjudged()).orElse(0L);
    }
    return new Trend(from, begin.plus(width), List.copyOf(buckets), words(recipe, from, begin.plus(width)));
  }

  private Optional<Trend.Bucket> bucket(Key key, Instant now) {
    Optional<Trend.Bucket> known = over.get(key);
    if (known != null) {
      return known;
    }
    Optional<Trend.Bucket> read = read(key);
    if (key.from().plus(key.width()).plus(SETTLED).isBefore(now)) {
      if (over.size() >= KEPT) {
        over.clear();
      }
      over.put(key, read);
    }
    return read;
  }

  private Optional<Trend.Bucket> read(Key key) {
    Sums sums = new Sums();
    rows(row -> sums.add(row), BUCKET, key.from().toEpochMilli(), key.from().plus(key.width()).toEpochMilli(), key.recipe());
    return sums.bucket(key.from());
  }

  private Trend.Words words(String recipe, Instant from, Instant until) {
    Map<String, Long> said = new LinkedHashMap<>();
    rows(row -> said.put(row.getString(1), row.getLong(2)), WORDS, firstIdOf(from), recipe, from.toEpochMilli(), until.toEpochMilli());
    return new Trend.Words(said.getOrDefault("GOODOK", 0L), said.getOrDefault("BADOK", 0L), said.getOrDefault("GOODNG", 0L), said.getOrDefault("BADNG", 0L));
  }

  /** Identifiers grow with time, and no part is judged before it is captured. */
  private static String firstIdOf(Instant moment) {
    long millis = Math.max(0, moment.toEpochMilli());
    return String.format("%08x-%04x", millis >>> 16, millis & 0xffff);
  }

  private <T> void rows(Sql.RowReader<T> reader, String sql, Object... values) {
    try {
      Sql.rows(dataSource, reader, sql, values);
    } catch (SQLException e) {
      throw Database.fault("verdicts could not be counted", e);
    }
  }

  /** Of the verdicts of one bucket. */
  private static final class Sums {
    private VerdictCounts counts = VerdictCounts.NONE;
    private long pMost50;
    private long pMost10;
    private long pMost1;
    private double scores;
    private double thresholds;
    private double mostScore = Double.NEGATIVE_INFINITY;

    Sums add(ResultSet row) throws SQLException {
      Verdict verdict = Verdict.valueOf(row.getString(1));
      counts = counts.plus(verdict, row.getLong(2));
      if (verdict != Verdict.UNJUDGED) {
        pMost50 += row.getLong(3);
        pMost10 += row.getLong(4);
        pMost1 += row.getLong(5);
        scores += row.getDouble(6);
        mostScore = Math.max(mostScore, row.getDouble(7));
        thresholds += row.getDouble(8);
      }
      return this;
    }

    Optional<Trend.Bucket> bucket(Instant from) {
      long judged = counts.ok() + counts.ng();
      if (judged + counts.unjudged() == 0) {
        return Optional.empty();
      }
      return Optional.of(new Trend.Bucket(from, counts, pMost50, pMost10, pMost1, mean(scores, judged), judged == 0 ? OptionalDouble.empty() : OptionalDouble.of(mostScore),
          mean(thresholds, judged)));
    }

    private static OptionalDouble mean(double sum, long of) {
      return of == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / of);
    }
  }
}
