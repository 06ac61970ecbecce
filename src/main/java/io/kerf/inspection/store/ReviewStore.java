package io.kerf.inspection.store;

import io.kerf.model.Truth;
import io.kerf.storage.Database;
import io.kerf.storage.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/** What people said of parts, the last word on each. Durable as verdicts are. */
@Singleton
public final class ReviewStore {
  private final DataSource dataSource;

  public ReviewStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public Optional<Review> byId(String inspection) {
    try {
      return Sql.rows(dataSource, row -> new Review(inspection, row.getString("recipe"), Truth.valueOf(row.getString("truth")), row.getString("said_by"),
          Instant.ofEpochMilli(row.getLong("said_at")), Optional.ofNullable(row.getString("standing_before"))), "SELECT * FROM review WHERE inspection = ?", inspection).stream()
          .findFirst();
    } catch (SQLException e) {
      throw Database.fault("what was said of a part could not be read", e);
    }
  }

  /** Keeps a word, in place of one that was said before. */
  public void put(Review review) {
    update("INSERT OR REPLACE INTO review (inspection, recipe, truth, said_by, said_at, standing_before) VALUES (?, ?, ?, ?, ?, ?)", review.inspection(),
        review.recipe(), review.truth().name(), review.by(), review.at().toEpochMilli(), review.standingBefore().orElse(null));
  }

  public void remove(String inspection) {
    update("DELETE FROM review WHERE inspection = ?", inspection);
  }

  private void update(String sql, Object... values) {
    try {
      Sql.update(dataSource, sql, values);
    } catch (SQLException e) {
      throw Database.fault("what was said of a part could not be kept", e);
    }
  }
}
