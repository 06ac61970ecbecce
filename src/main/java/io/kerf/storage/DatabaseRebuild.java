package io.kerf.storage;

import io.agroal.api.AgroalDataSource;
import io.kerf.fault.FaultException;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/** Puts an empty database in the place of one that turns out to be damaged while the station runs, so that parts are judged and recorded on. */
@Singleton
public final class DatabaseRebuild {
  private static final Logger LOG = Logger.getLogger(DatabaseRebuild.class);

  private final AgroalDataSource pool;
  private final DataFolder folder;
  private final Flyway flyway;
  private final Clock clock;

  DatabaseRebuild(AgroalDataSource pool, DataFolder folder, Flyway flyway, Clock clock) {
    this.pool = pool;
    this.folder = folder;
    this.flyway = flyway;
    this.clock = clock;
  }

  /**
   * Has every connection opened anew, after setting a damaged file aside and putting an empty database in its place.
   *
   * <p>Connections that are in use see the file as it was until they are given back.
   *
   * @return whether the file is sound now, so that what failed may be tried again
   */
  public synchronized boolean rebuild() {
    try {
      new Database(folder.database(), clock).replaceIfDamaged(this::migrate);
      pool.flush(AgroalDataSource.FlushMode.GRACEFUL);
      return true;
    } catch (FaultException | FlywayException e) {
      LOG.errorf("The damaged database could not be replaced: %s", e.getMessage());
      return false;
    }
  }

  private void migrate(DataSource empty) {
    Flyway.configure().configuration(flyway.getConfiguration()).dataSource(empty).load().migrate();
  }
}
