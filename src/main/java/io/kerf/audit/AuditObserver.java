package io.kerf.audit;

import io.kerf.model.Activation;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.storage.DataFolder;
import io.kerf.storage.RecipeName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Writes each change to the audit trail. A change stands whatever becomes of its entry: what cannot be written is logged and counted, and where writing works
 * again an entry says how many are missing.
 */
@Singleton
public final class AuditObserver {
  private static final Logger LOG = Logger.getLogger(AuditObserver.class);
  /** After the database is open, before the station follows what other processes activate. */
  private static final int BEFORE_THE_STATION = Interceptor.Priority.APPLICATION - 100;

  private final AuditTrail trail;
  private final DataFolder folder;
  private final Clock clock;
  private final AtomicLong lost = new AtomicLong();
  private long missing;

  @Inject
  AuditObserver(AuditTrail trail, DataFolder folder, Clock clock) {
    this.trail = trail;
    this.folder = folder;
    this.clock = clock;
  }

  /** Changes since the start that could not be written. */
  public long lost() {
    return lost.get();
  }

  void begin(@Observes @Priority(BEFORE_THE_STATION) StartupEvent event, MeterRegistry meters) {
    FunctionCounter.builder("kerf.audit.lost", this, AuditObserver::lost).description("Changes that could not be written to the audit trail").register(meters);
    catchUp();
  }

  synchronized void changed(@Observes Changed changed) {
    try {
      if (missing > 0) {
        trail.append(new Changed(clock.instant(), Change.STATION, Action.AUDIT_GAP, "", "", missing + " changes before this could not be written"));
        LOG.infof("Changes are written to the audit trail again; %d are missing from it", missing);
        missing = 0;
      }
      trail.append(changed);
    } catch (RuntimeException e) {
      lost.incrementAndGet();
      if (missing++ == 0) {
        LOG.errorf("Changes cannot be written to the audit trail (%s). They are made all the same, and are missing from it until this is mended; the first: %s "
            + "by %s, recipe %s, %s", e.getMessage(), changed.action().code(), changed.by(), changed.recipe(), changed.subject());
      }
    }
  }

  /** What was activated by command while no station ran is known from the history of models. */
  void catchUp() {
    try (Stream<Path> recipes = Files.list(folder.root().resolve("recipes"))) {
      for (String recipe : recipes.filter(Files::isDirectory).map(path -> path.getFileName().toString()).filter(RecipeName::isValid).sorted().toList()) {
        List<Activation> history = new BundleStore(folder.models(recipe)).history();
        Set<AuditTrail.InUse> known = trail.bundlesInUse(recipe);
        history.stream().filter(one -> one.activatedAt() != null && !known.contains(new AuditTrail.InUse(one.digest(), one.activatedAt())))
            .forEach(one -> changed(new Changed(one.activatedAt(), one.by(), Action.MODEL_ACTIVATED, recipe, one.digest(), one.reason())));
      }
    } catch (IOException | RuntimeException e) {
      LOG.errorf("What was activated while the station stood still could not be added to the audit trail: %s", e.getMessage());
    }
  }
}
