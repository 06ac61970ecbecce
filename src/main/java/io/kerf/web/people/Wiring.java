package io.kerf.web.people;

import io.kerf.config.KerfConfig;
import io.kerf.people.Claim;
import io.kerf.people.Logins;
import io.kerf.people.Passwords;
import io.kerf.people.People;
import io.kerf.people.RosterFile;
import io.kerf.people.Sessions;
import io.kerf.people.tls.PemPair;
import io.kerf.people.tls.StationTls;
import io.kerf.station.document.StationSettings;
import io.kerf.storage.Changed;
import io.kerf.storage.DataFolder;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts {@code io.kerf.people} together for the serving process; it knows no container. */
final class Wiring {
  @Produces
  @Singleton
  RosterFile file(DataFolder folder) {
    return new RosterFile(folder.root());
  }

  @Produces
  @Singleton
  People people(RosterFile file, Clock clock, Event<Changed> changes) {
    return new People(file, clock, changes::fire);
  }

  @Produces
  @Singleton
  Passwords passwords() {
    return Passwords.ofAStation();
  }

  @Produces
  @Singleton
  Sessions sessions(RosterFile file, KerfConfig config, Clock clock) {
    return new Sessions(file.folder().resolve("sessions.json"), config.people().sessionIdle(), config.people().sessionLifetime(), clock, System::nanoTime);
  }

  @Produces
  @Singleton
  Claim claim(RosterFile file, KerfConfig config) {
    return new Claim(file, config.people().claimCode());
  }

  @Produces
  @Singleton
  Logins logins(People people, Passwords passwords, Sessions sessions, Claim claim, Clock clock, Event<Changed> changes) {
    return new Logins(people, passwords, sessions, claim, clock, System::nanoTime, changes::fire);
  }

  @Produces
  @Singleton
  StationTls tls(DataFolder folder, KerfConfig config) {
    KerfConfig.Tls tls = config.tls();
    return new StationTls(tls.enabled(), folder.root(), tls.certificate().flatMap(certificate -> tls.key().map(key -> new PemPair(certificate, key))));
  }

  @Produces
  @Singleton
  StationNow station(People people, StationSettings settings, KerfConfig config, StationTls tls) {
    return new StationNow(people, settings::openViewing, tls, config.tls().port(), config.tls().only());
  }
}
