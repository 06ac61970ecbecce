package io.kerf.station.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.storage.Database;
import io.kerf.storage.Sql;
import io.kerf.training.continual.Speed;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.sql.DataSource;

/** Attempts at learning, the last {@value #KEPT} of each recipe, and which recipes are paused. */
@Singleton
public final class JobStore {
  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();
  private static final int KEPT = 200;

  private final DataSource dataSource;

  public JobStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** @param by who paused it; empty where it is not paused */
  public record Standing(Instant since, Optional<String> by) {}

  /** Keeps an attempt as it is now. */
  public void put(Job job) {
    update("INSERT OR REPLACE INTO learning_job (id, recipe, speed, asked_by, why, parent, state, started_at, ended_at, starts, code, detail, candidate, findings, log,"
        + " watt_hours) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", job.id(), job.recipe(), job.speed().name(), job.by(), job.why(), job.parent(), job.state().name(),
        job.startedAt().toEpochMilli(), job.endedAt().map(Instant::toEpochMilli).orElse(null), job.starts(), job.code().orElse(null), job.detail().orElse(null),
        job.candidate().orElse(null), job.findings().map(JobStore::json).orElse(null), job.log().isEmpty() ? null : String.join("\n", job.log()),
        job.wattHours().isPresent() ? job.wattHours().getAsDouble() : null);
    update("DELETE FROM learning_job WHERE recipe = ? AND id NOT IN (SELECT id FROM learning_job WHERE recipe = ? ORDER BY id DESC LIMIT ?)", job.recipe(), job.recipe(),
        KEPT);
  }

  /** Keeps what an attempt that still runs has taken so far. */
  void keepEnergy(String id, double wattHours) {
    update("UPDATE learning_job SET watt_hours = ? WHERE id = ?", wattHours, id);
  }

  /** Of a recipe, newest first. */
  public List<Job> of(String recipe, int limit) {
    return query("SELECT * FROM learning_job WHERE recipe = ? ORDER BY id DESC LIMIT ?", recipe, limit);
  }

  /** Of a recipe, newest first, without findings and log: quick enough to be asked every few seconds. */
  List<Job> briefly(String recipe, int limit) {
    return query("SELECT id, recipe, speed, asked_by, why, parent, state, started_at, ended_at, starts, code, detail, candidate, NULL AS findings, NULL AS log,"
        + " watt_hours FROM learning_job WHERE recipe = ? ORDER BY id DESC LIMIT ?", recipe, limit);
  }

  /** The greatest id there is. */
  Optional<String> lastId() {
    return query("SELECT * FROM learning_job ORDER BY id DESC LIMIT 1").stream().map(Job::id).findFirst();
  }

  /** What was not over when the station stopped, of all recipes, oldest first. */
  public List<Job> open() {
    return query("SELECT * FROM learning_job WHERE state IN ('LEARNING', 'ON_TRIAL', 'READY') ORDER BY id");
  }

  /** Where a recipe stands; it begins now where it was not known. */
  public Standing standing(String recipe, Instant now) {
    return known(recipe).orElseGet(() -> {
      update("INSERT OR IGNORE INTO learning_recipe (recipe, since) VALUES (?, ?)", recipe, now.toEpochMilli());
      return new Standing(now, Optional.empty());
    });
  }

  private Optional<Standing> known(String recipe) {
    try {
      return Sql.rows(dataSource, row -> new Standing(Instant.ofEpochMilli(row.getLong("since")), Optional.ofNullable(row.getString("paused_by"))),
          "SELECT * FROM learning_recipe WHERE recipe = ?", recipe).stream().findFirst();
    } catch (SQLException e) {
      throw Database.fault("whether learning is paused could not be read", e);
    }
  }

  public void pause(String recipe, String by, Instant now) {
    standing(recipe, now);
    update("UPDATE learning_recipe SET paused_by = ? WHERE recipe = ?", by, recipe);
  }

  public void resume(String recipe) {
    update("UPDATE learning_recipe SET paused_by = NULL WHERE recipe = ?", recipe);
  }

  private static String json(Job.Findings findings) {
    try {
      return JSON.writeValueAsString(findings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Job read(ResultSet row) throws SQLException {
    long ended = row.getLong("ended_at");
    Optional<Instant> endedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
    double energy = row.getDouble("watt_hours");
    OptionalDouble wattHours = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(energy);
    String log = row.getString("log");
    return new Job(row.getString("id"), row.getString("recipe"), Speed.valueOf(row.getString("speed")), row.getString("asked_by"), row.getString("why"),
        row.getString("parent"), Job.State.valueOf(row.getString("state")), Instant.ofEpochMilli(row.getLong("started_at")), endedAt, row.getInt("starts"),
        Optional.ofNullable(row.getString("code")), Optional.ofNullable(row.getString("detail")), Optional.ofNullable(row.getString("candidate")),
        findings(row.getString("findings")), log == null ? List.of() : log.lines().toList(), wattHours);
  }

  private static Optional<Job.Findings> findings(String json) {
    try {
      return json == null ? Optional.empty() : Optional.of(JSON.readValue(json, Job.Findings.class));
    } catch (JsonProcessingException ofAnotherVersion) {
      return Optional.empty();
    }
  }

  private List<Job> query(String sql, Object... values) {
    try {
      return Sql.rows(dataSource, JobStore::read, sql, values);
    } catch (SQLException e) {
      throw Database.fault("attempts at learning could not be read", e);
    }
  }

  private void update(String sql, Object... values) {
    try {
      Sql.update(dataSource, sql, values);
    } catch (SQLException e) {
      throw Database.fault("an attempt at learning could not be kept", e);
    }
  }
}
