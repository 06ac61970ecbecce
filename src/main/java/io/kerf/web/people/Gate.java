package io.kerf.web.people;

import io.kerf.fault.Fault;
import io.kerf.people.Caller;
import io.kerf.people.Role;
import io.kerf.web.people.Rights.Need;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a request is let in; a pure function of what is asked and how the station is.
 * <ol>
 *   <li>What is open is for everybody, but a password or a code goes over TLS or stays on the machine.</li>
 *   <li>What changes something does not come from another site's page, and by a cookie alone it does not come at all: it needs the token of the session, too.</li>
 *   <li>While nobody has claimed the station, whoever sits at the machine may do what there is to do; everybody else looks on.</li>
 *   <li>Once somebody has, the machine is a place like any other.</li>
 *   <li>A token that goes over the network in the clear is an operator's at most.</li>
 * </ol>
 */
final class Gate {
  private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> SECRETS = Set.of("/api/session", "/api/session/password", "/api/claim");

  private Gate() {}

  /**
   * What is asked.
   *
   * @param path {@link Rights#canonical}
   * @param secure whether it came over TLS. @param here whether the connection is from this machine
   * @param local whether it is, and speaks of the station by a name of this machine, and nothing says that it was passed on
   * @param crossSite whether a browser says that it comes from another site's page
   * @param caller who asks, as far as that is known
   * @param byCookie whether that is known by the cookie of a session. @param csrf whether the token of that session is with it
   * @param wrongToken whether there is a token for machines that is not known here
   */
  record Ask(String method, String path, boolean secure, boolean here, boolean local, boolean crossSite, Caller caller, boolean byCookie, boolean csrf, boolean wrongToken) {
    boolean changes() {
      return !LOOKING.contains(method);
    }

    /** Whether what it carries can be read by nobody on the way. */
    boolean unread() {
      return secure || here;
    }
  }

  /** @param problem what is wrong with the file of people. @param tlsPort where there is HTTPS to go to */
  record Station(boolean claimed, Optional<String> problem, boolean openViewing, Optional<Integer> tlsPort, boolean tlsOnly) {}

  sealed interface Answer {
    record Pass(Caller caller) implements Answer {}

    record Refusal(Fault fault, String detail) implements Answer {}

    /** To where somebody logs in. */
    record ToLogin() implements Answer {}

    /** To the same address by HTTPS. */
    record ToTls() implements Answer {}
  }

  static Answer decide(Ask ask, Station station) {
    Optional<Need> need = Rights.needed(ask.method(), ask.path());
    if (station.tlsOnly() && !ask.unread()) {
      return needsTls(ask, station, "This station answers by HTTPS only (kerf.tls.only).");
    }
    if (ask.changes() && ask.crossSite() && !(ask.caller() instanceof Caller.Machine)) {
      return new Answer.Refusal(Fault.CROSS_SITE, "A page of another site asked for this, so nothing was changed. Use the station's own pages.");
    }
    if (ask.changes() && SECRETS.contains(ask.path()) && !ask.unread()) {
      return needsTls(ask, station, "A password is not sent in the clear.");
    }
    if (need.equals(Optional.of(Need.OPEN))) {
      return new Answer.Pass(!station.claimed() && ask.local() && !ask.crossSite() ? new Caller.Local() : ask.caller());
    }
    return station.claimed() ? amongPeople(ask, station, need) : unclaimed(ask, station, need);
  }

  private static Answer unclaimed(Ask ask, Station station, Optional<Need> need) {
    boolean nobodyToManage = need.equals(Optional.of(Need.ADMIN)) || need.equals(Optional.of(Need.SOMEBODY));
    if (ask.local() && !ask.crossSite() && !nobodyToManage) {
      return new Answer.Pass(new Caller.Local());
    }
    if (need.isEmpty()) {
      return unknown(ask);
    }
    if (need.get() == Need.VIEWER) {
      return station.openViewing() ? new Answer.Pass(new Caller.Anybody()) : needsLogin(ask, station);
    }
    return new Answer.Refusal(Fault.UNCLAIMED, "Nobody has claimed this station yet, so it takes orders from its own machine alone. Claim it at /login.html with the code from its "
        + "log or label, or on the machine with \"kerf people add NAME --role admin\".");
  }

  private static Answer amongPeople(Ask ask, Station station, Optional<Need> need) {
    if (ask.wrongToken()) {
      return new Answer.Refusal(Fault.LOGIN_NEEDED, "The token is not known here: it was revoked, has expired, or belongs to another station. An admin makes another one.");
    }
    Optional<Role> role = role(ask.caller());
    if (role.isEmpty()) {
      return anonymous(ask, station, need);
    }
    if (need.isEmpty() && role.get() != Role.ADMIN) {
      return unknown(ask);
    }
    if (ask.changes() && ask.byCookie() && !ask.csrf()) {
      return new Answer.Refusal(Fault.CROSS_SITE, "The header X-CSRF-Token is missing or is not that of this session, so nothing was changed. GET /api/session tells it; load the page again.");
    }
    if (!need.orElse(Need.ADMIN).met(role.get())) {
      return new Answer.Refusal(Fault.NOT_ALLOWED, "That is for people with the role " + need.orElse(Need.ADMIN).name().toLowerCase(Locale.ROOT) + "; yours is "
          + role.get().label() + ". Nothing was changed. An admin can give you another role.");
    }
    if (ask.caller() instanceof Caller.Machine && !ask.unread() && !need.orElse(Need.ADMIN).met(Role.OPERATOR)) {
      return needsTls(ask, station, "Over plain HTTP a token is good for what an operator may do, as anybody on the way can read it.");
    }
    return new Answer.Pass(ask.caller());
  }

  private static Answer anonymous(Ask ask, Station station, Optional<Need> need) {
    if (need.isEmpty()) {
      return unknown(ask);
    }
    return need.get() == Need.VIEWER && station.openViewing() ? new Answer.Pass(ask.caller()) : needsLogin(ask, station);
  }

  private static Optional<Role> role(Caller caller) {
    if (caller instanceof Caller.Person person) {
      return Optional.of(person.role());
    }
    return caller instanceof Caller.Machine machine ? Optional.of(machine.role()) : Optional.empty();
  }

  private static Answer needsLogin(Ask ask, Station station) {
    if (!ask.changes() && Rights.isPage(ask.path())) {
      return new Answer.ToLogin();
    }
    return station.problem().map(sentence -> new Answer.Refusal(Fault.PEOPLE_DAMAGED, sentence))
        .orElseGet(() -> new Answer.Refusal(Fault.LOGIN_NEEDED, "Log in at /login.html, or send a token for machines: Authorization: Bearer kerf_…"));
  }

  private static Answer needsTls(Ask ask, Station station, String why) {
    if (station.tlsPort().isPresent() && !ask.changes() && Rights.isPage(ask.path())) {
      return new Answer.ToTls();
    }
    return new Answer.Refusal(Fault.TLS_NEEDED, why + station.tlsPort().map(port -> " Use HTTPS, at port " + port + ".").orElse(
        " This station has no HTTPS (kerf.tls, and its log): use it on the machine itself."));
  }

  private static Answer unknown(Ask ask) {
    return Rights.known(ask.path()) ? new Answer.Refusal(Fault.METHOD_NOT_ALLOWED, "The addresses of this station and their methods are listed at /q/openapi.")
        : new Answer.Refusal(Fault.NOT_FOUND, "There is nothing at this address. The addresses of this station are listed at /q/openapi.");
  }
}
