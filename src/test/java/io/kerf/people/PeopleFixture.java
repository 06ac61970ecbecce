package io.kerf.people;

import io.kerf.storage.Changed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** People with everything that belongs to them, in a folder, with quick passwords. */
final class PeopleFixture {
  static final String ANNS = "correct horse";
  static final String BOBS = "battery staple";
  static final Duration IDLE = Duration.ofHours(12);
  static final Duration LIFETIME = Duration.ofDays(7);

  final Time time;
  final List<Changed> changes = new ArrayList<>();
  final Passwords passwords;
  final RosterFile file;
  final People people;
  final Sessions sessions;
  final Claim claim;
  final Logins logins;

  /** As at a start of the station. */
  PeopleFixture(Path data, Time time) {
    this(data, time, Optional.empty());
  }

  PeopleFixture(Path data, Time time, Optional<String> code) {
    this.time = time;
    this.passwords = new Passwords(4, time::nanos);
    this.file = new RosterFile(data);
    this.people = new People(file, time, changes::add);
    this.sessions = new Sessions(file.folder().resolve("sessions.json"), IDLE, LIFETIME, time, time::nanos);
    this.claim = new Claim(file, code);
    this.logins = new Logins(people, passwords, sessions, claim, time, time::nanos, changes::add);
  }

  /** Ann is the admin, Bob an operator. */
  PeopleFixture claimed() {
    people.begin(account("Ann", Role.ADMIN, ANNS), "");
    people.change("Ann", Changed.Action.PERSON_ADDED, "Bob", "operator", roster -> roster.with(account("Bob", Role.OPERATOR, BOBS)));
    changes.clear();
    return this;
  }

  Account account(String name, Role role, String password) {
    return Account.of(name, role, passwords.hash(password), time.instant());
  }

  /** Logs in and answers with the token of the session. */
  String in(String name, String password) {
    return ((Logins.Outcome.In) logins.login(name, password, "10.0.0.7")).token();
  }

  Optional<Caller.Person> who(String token) {
    return sessions.find(token).flatMap(people::person);
  }

  List<String> told() {
    return changes.stream().map(change -> change.action().code() + " " + change.subject() + " by " + change.by()).toList();
  }
}
