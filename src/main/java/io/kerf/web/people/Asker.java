package io.kerf.web.people;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.people.Caller;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Who asks in the request at hand, as {@link AccessFilter} found out. */
@Singleton
public final class Asker {
  private final CurrentVertxRequest request;

  Asker(CurrentVertxRequest request) {
    this.request = request;
  }

  public Caller caller() {
    return ask().caller();
  }

  /**
   * In whose name a change is made: the person or machine that is known; at a station that nobody has claimed, whoever is named.
   *
   * @param named as the request has it; may be null
   */
  public Optional<String> by(Optional<String> named) {
    Caller caller = caller();
    if (caller instanceof Caller.Person person) {
      return Optional.of(person.name());
    }
    return caller instanceof Caller.Machine machine ? Optional.of(machine.name()) : named;
  }

  /** The name of whoever has logged in or sent a token. @throws FaultException {@link Fault#LOGIN_NEEDED} */
  String known() {
    return by(Optional.empty()).orElseThrow(() -> new FaultException(Fault.LOGIN_NEEDED, "Log in at /login.html first."));
  }

  /** From where, and by what. */
  AccessFilter.Admitted ask() {
    return request.getCurrent().get(AccessFilter.ADMITTED);
  }
}
