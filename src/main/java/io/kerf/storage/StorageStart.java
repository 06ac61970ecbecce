package io.kerf.storage;

import io.kerf.config.ConfigCheck;
import io.kerf.config.KerfConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Opens what the station keeps, before anything else starts: settings, folder, database, schema. What a person must mend ends the
 * start with one sentence on the standard error and exit code 1; Quarkus does so for this one exception of its own.
 */
final class StorageStart {
  private static final Logger LOG = Logger.getLogger(StorageStart.class);
  private static final int BEFORE_THE_SCHEDULER = Interceptor.Priority.PLATFORM_BEFORE - 1;

  @Produces
  @Singleton
  DataFolder dataFolder(KerfConfig config) {
    return new DataFolder(config.data());
  }

  void close(@Disposes DataFolder folder) {
    folder.close();
  }

  void start(@Observes @Priority(BEFORE_THE_SCHEDULER) StartupEvent event, KerfConfig config, DataFolder folder, Flyway flyway,
      Clock clock) {
    try {
      check(config);
      folder.open();
      new Database(folder.database(), clock).setAsideIfDamaged();
      migrate(flyway, folder);
    } catch (FaultException e) {
      LOG.debug("The start failed", e);
      throw new ConfigurationException(e.detail());
    }
  }

  private static void check(KerfConfig config) {
    List<String> problems = ConfigCheck.problems(config);
    if (!problems.isEmpty()) {
      throw new FaultException(Fault.BAD_CONFIGURATION, "The configuration is not valid: " + String.join("; ", problems) + ".");
    }
  }

  private static void migrate(Flyway flyway, DataFolder folder) {
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      throw new FaultException(Fault.DATA_FOLDER_UNUSABLE, "The database " + folder.database()
          + " does not fit this version of Kerf (" + firstLine(e) + "): start the version that wrote it, or move the file away to begin with an empty one.", e);
    }
  }

  private static String firstLine(FlywayException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
