package io.kerf.web.people;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.config.KerfConfig;
import io.kerf.fault.FaultException;
import io.kerf.people.Claim;
import io.kerf.people.People;
import io.kerf.people.Sessions;
import io.kerf.people.tls.StationTls;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/** People from start to stop: puts the filter before everything, tells the code of the claim, and takes up what commands change. */
@Singleton
final class PeopleLife {
  private static final Logger LOG = Logger.getLogger(PeopleLife.class);
  /** When the station stands, so that this is at the end of what the log says of the start. */
  private static final int LAST = Interceptor.Priority.APPLICATION + 100;

  private final People people;
  private final Sessions sessions;
  private final Claim claim;
  private final StationNow station;
  private volatile boolean started;

  PeopleLife(People people, Sessions sessions, Claim claim, StationNow station) {
    this.people = people;
    this.sessions = sessions;
    this.claim = claim;
    this.station = station;
  }

  void guard(@Observes Filters filters, KerfConfig config, ObjectMapper json) {
    filters.register(new AccessFilter(people, sessions, station, config.tls().port(), json), AccessFilter.PRIORITY);
  }

  void start(@Observes @Priority(LAST) StartupEvent event) {
    tellOfTls();
    if (!people.claimed()) {
      invite();
    }
    started = true;
  }

  private void tellOfTls() {
    if (station.tls() instanceof StationTls.Choice.With with) {
      LOG.infof("HTTPS at port %d. Fingerprint (SHA-256) of the certificate, to be compared with what a browser shows: %s", station.tlsPort(), with.fingerprint());
      with.problem().ifPresent(LOG::error);
    } else {
      ((StationTls.Choice.Without) station.tls()).problem().ifPresent(LOG::error);
    }
  }

  private void invite() {
    try {
      LOG.infof("Nobody has claimed this station yet: it takes orders from this machine alone. Claim it at /login.html with %s.",
          claim.fixed() ? "the code on its label" : "the code " + claim.code());
    } catch (FaultException e) {
      LOG.errorf("Nobody has claimed this station yet, and no code for that could be written: %s On the machine \"kerf people add NAME --role admin\" claims it.", e.detail());
    }
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void follow() {
    if (!started) {
      return;
    }
    boolean claimed = people.claimed();
    people.refresh();
    people.tellWhatCommandsDid();
    if (people.problem().isEmpty()) {
      sessions.endUnless(session -> people.person(session).isPresent());
    }
    if (!claimed && people.claimed()) {
      claim.burn();
    }
  }

  /** Often enough that a crash makes nobody seem idle, seldom enough for a memory card. */
  @Scheduled(every = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void keep() {
    if (started) {
      sessions.save();
      station.lookAtTls();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    sessions.save();
  }
}
