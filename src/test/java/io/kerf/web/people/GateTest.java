package io.kerf.web.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fault.Fault;
import io.kerf.people.Caller;
import io.kerf.people.Role;
import io.kerf.web.people.Gate.Answer;
import io.kerf.web.people.Gate.Ask;
import io.kerf.web.people.Gate.Station;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final Optional<Integer> TLS = Optional.of(8443);
  private static final Station UNCLAIMED = new Station(false, Optional.empty(), true, TLS, false);
  private static final Station OPEN = new Station(true, Optional.empty(), true, TLS, false);
  private static final Station CLOSED = new Station(true, Optional.empty(), false, TLS, false);
  private static final Station TLS_ONLY = new Station(true, Optional.empty(), true, TLS, true);
  private static final Station WITHOUT_TLS = new Station(true, Optional.empty(), true, Optional.empty(), false);
  private static final Station DAMAGED = new Station(true, Optional.of("people.json cannot be read"), false, TLS, false);

  /** From where. */
  private enum From {
    MACHINE,
    /** The machine by a name from the DNS, or passed on by something on it. */
    MACHINE_OTHERWISE,
    NETWORK,
    NETWORK_TLS
  }

  private record Request(String method, String path, From from, Caller caller, boolean byCookie, boolean csrf, boolean crossSite, boolean wrongToken) {
    Request crossSited() {
      return new Request(method, path, from, caller, byCookie, csrf, true, wrongToken);
    }

    Request withoutCsrf() {
      return new Request(method, path, from, caller, byCookie, false, crossSite, wrongToken);
    }

    Request withAWrongToken() {
      return new Request(method, path, from, caller, byCookie, csrf, crossSite, true);
    }

    String at(Station station) {
      boolean here = from == From.MACHINE || from == From.MACHINE_OTHERWISE;
      Answer answer = Gate.decide(new Ask(method, path, from == From.NETWORK_TLS, here, from == From.MACHINE, crossSite, caller, byCookie, csrf, wrongToken), station);
      if (answer instanceof Answer.Refusal refusal) {
        return refusal.fault().code();
      }
      return answer instanceof Answer.Pass pass ? "as " + pass.caller().getClass().getSimpleName() : answer.getClass().getSimpleName();
    }
  }

  private static Request anybody(String request, From from) {
    String[] methodAndPath = request.split(" ");
    return new Request(methodAndPath[0], methodAndPath[1], from, new Caller.Anybody(), false, false, false, false);
  }

  private static Request person(Role role, String request, From from) {
    String[] methodAndPath = request.split(" ");
    return new Request(methodAndPath[0], methodAndPath[1], from, new Caller.Person("Ann", role), true, true, false, false);
  }

  private static Request machine(Role role, String request, From from) {
    String[] methodAndPath = request.split(" ");
    return new Request(methodAndPath[0], methodAndPath[1], from, new Caller.Machine("id", "camera", role), false, false, false, false);
  }

  @ParameterizedTest
  @CsvSource({
      "POST /api/inspections, MACHINE, as Local", "POST /api/inspections, MACHINE_OTHERWISE, unclaimed", "POST /api/inspections, NETWORK, unclaimed", "POST /api/inspections, NETWORK_TLS, unclaimed",
      "POST /api/learning/run, MACHINE, as Local", "DELETE /api/normals/x, NETWORK, unclaimed", "GET /api/station, MACHINE, as Local", "GET /api/station, NETWORK, as Anybody",
      "GET /api/station, MACHINE_OTHERWISE, as Anybody", "GET /, NETWORK, as Anybody", "GET /q/metrics, NETWORK, as Anybody", "GET /api/session, NETWORK, as Anybody", "GET /api/session, MACHINE, as Local",
      "POST /api/claim, NETWORK, tls-needed", "POST /api/claim, NETWORK_TLS, as Anybody", "POST /api/claim, MACHINE, as Local", "POST /api/claim, MACHINE_OTHERWISE, as Anybody",
      "POST /api/people, MACHINE, unclaimed", "GET /api/people, MACHINE, unclaimed", "GET /api/tokens, NETWORK_TLS, unclaimed", "DELETE /api/session, MACHINE, unclaimed",
      "GET /api/nothing, MACHINE, as Local", "GET /api/nothing, NETWORK, not-found", "POST /api/station, MACHINE, as Local", "POST /api/station, NETWORK, method-not-allowed"})
  void aStationThatNobodyHasClaimedTakesOrdersFromItsOwnMachineAlone(String request, From from, String expected) {
    assertThat(anybody(request, from).at(UNCLAIMED)).isEqualTo(expected);
  }

  @Test
  void anotherSitesPageChangesNothingNotEvenOnTheMachine() {
    assertThat(anybody("POST /api/inspections", From.MACHINE).crossSited().at(UNCLAIMED)).isEqualTo("cross-site");
    assertThat(anybody("POST /api/claim", From.MACHINE).crossSited().at(UNCLAIMED)).isEqualTo("cross-site");
    assertThat(anybody("POST /api/session", From.NETWORK_TLS).crossSited().at(OPEN)).as("nobody is logged in as somebody else").isEqualTo("cross-site");
    assertThat(anybody("GET /api/station", From.MACHINE).crossSited().at(UNCLAIMED)).isEqualTo("as Anybody");
    assertThat(person(Role.ADMIN, "POST /api/people", From.NETWORK_TLS).crossSited().at(OPEN)).isEqualTo("cross-site");
    assertThat(machine(Role.OPERATOR, "POST /api/inspections", From.NETWORK).crossSited().at(OPEN)).as("a page that has the token may use it").isEqualTo("as Machine");
  }

  @ParameterizedTest
  @CsvSource({"POST /api/inspections, MACHINE", "POST /api/inspections, NETWORK", "DELETE /api/session, MACHINE", "GET /api/people, MACHINE", "PUT /api/session/password, MACHINE"})
  void onceItIsClaimedTheMachineIsAPlaceLikeAnyOther(String request, From from) {
    assertThat(anybody(request, from).at(OPEN)).isEqualTo("login-needed");
  }

  @ParameterizedTest
  @CsvSource({
      "GET /api/station, as Anybody, login-needed", "GET /, as Anybody, ToLogin", "GET /learning.html, as Anybody, ToLogin", "GET /q/metrics, as Anybody, login-needed",
      "GET /api/events, as Anybody, login-needed", "GET /q/openapi, as Anybody, login-needed", "GET /q/health/ready, as Anybody, as Anybody", "GET /login.html, as Anybody, as Anybody",
      "GET /js/api.js, as Anybody, as Anybody", "GET /webjars/uplot/1.6.30/dist/uPlot.min.css, as Anybody, as Anybody", "GET /api/session, as Anybody, as Anybody",
      "GET /kerf.db, not-found, not-found", "GET /api/people;x, not-found, not-found", "HEAD /api/station, as Anybody, login-needed", "OPTIONS /api/people, as Anybody, login-needed"})
  void lookingOnIsForEverybodyOrForThoseWhoLoggedIn(String request, String open, String closed) {
    assertThat(anybody(request, From.NETWORK).at(OPEN)).isEqualTo(open);
    assertThat(anybody(request, From.NETWORK).at(CLOSED)).isEqualTo(closed);
  }

  @ParameterizedTest
  @CsvSource({
      "GET /api/station, VIEWER", "GET /api/events, VIEWER", "DELETE /api/session, VIEWER", "PUT /api/session/password, VIEWER", "POST /api/inspections, OPERATOR",
      "PUT /api/inspections/x/review, OPERATOR", "POST /api/models/x/activate, ENGINEER", "POST /api/rescorings, ENGINEER", "GET /api/people, ADMIN", "DELETE /api/tokens/x, ADMIN"})
  void eachRoleMayDoWhatThoseBelowItMay(String request, Role least) {
    for (Role role : Role.values()) {
      assertThat(person(role, request, From.NETWORK_TLS).at(CLOSED)).as(role.label()).isEqualTo(role.covers(least) ? "as Person" : "not-allowed");
      assertThat(machine(role, request, From.NETWORK_TLS).at(CLOSED)).as(role.label()).isEqualTo(role.covers(least) ? "as Machine" : "not-allowed");
    }
  }

  @Test
  void byACookieAloneNothingIsChanged() {
    assertThat(person(Role.ADMIN, "POST /api/people", From.NETWORK_TLS).withoutCsrf().at(OPEN)).isEqualTo("cross-site");
    assertThat(person(Role.ADMIN, "DELETE /api/session", From.NETWORK_TLS).withoutCsrf().at(OPEN)).isEqualTo("cross-site");
    assertThat(person(Role.ADMIN, "GET /api/people", From.NETWORK_TLS).withoutCsrf().at(OPEN)).isEqualTo("as Person");
  }

  @Test
  void aTokenInTheClearIsAnOperatorsAtMost() {
    assertThat(machine(Role.ADMIN, "POST /api/inspections", From.NETWORK).at(OPEN)).isEqualTo("as Machine");
    assertThat(machine(Role.ADMIN, "POST /api/learning/run", From.NETWORK).at(OPEN)).isEqualTo("tls-needed");
    assertThat(machine(Role.ADMIN, "GET /api/nothing", From.NETWORK).at(OPEN)).isEqualTo("tls-needed");
    assertThat(machine(Role.ADMIN, "POST /api/learning/run", From.MACHINE).at(OPEN)).isEqualTo("as Machine");
    assertThat(machine(Role.ADMIN, "POST /api/learning/run", From.NETWORK_TLS).at(OPEN)).isEqualTo("as Machine");
  }

  @Test
  void aTokenThatIsNotKnownIsRefusedWhereItWouldNotBeNeeded() {
    assertThat(anybody("GET /api/station", From.NETWORK).withAWrongToken().at(OPEN)).isEqualTo("login-needed");
    assertThat(anybody("GET /q/health", From.NETWORK).withAWrongToken().at(OPEN)).isEqualTo("as Anybody");
  }

  @ParameterizedTest
  @CsvSource({"POST /api/session, tls-needed, tls-needed", "POST /api/claim, tls-needed, tls-needed", "PUT /api/session/password, tls-needed, tls-needed", "GET /api/station, as Anybody, tls-needed",
      "GET /, as Anybody, ToTls", "GET /login.html, as Anybody, ToTls", "POST /api/inspections, login-needed, tls-needed", "GET /q/health, as Anybody, tls-needed"})
  void inTheClearNoPasswordGoesAndWhereTlsIsAllThereIsNothingElse(String request, String both, String only) {
    assertThat(anybody(request, From.NETWORK).at(OPEN)).isEqualTo(both);
    assertThat(anybody(request, From.NETWORK).at(TLS_ONLY)).isEqualTo(only);
    assertThat(anybody(request, From.MACHINE).at(TLS_ONLY)).isEqualTo(anybody(request, From.MACHINE).at(OPEN)).isNotEqualTo("tls-needed");
  }

  @Test
  void aStationWithoutTlsLetsPeopleInOnTheMachineAlone() {
    assertThat(anybody("POST /api/session", From.NETWORK).at(WITHOUT_TLS)).isEqualTo("tls-needed");
    assertThat(anybody("POST /api/session", From.MACHINE).at(WITHOUT_TLS)).isEqualTo("as Anybody");
  }

  @Test
  void wherePeopleCannotBeReadNobodyIsLetInAndItIsNotThereToBeTaken() {
    assertThat(anybody("POST /api/inspections", From.MACHINE).at(DAMAGED)).isEqualTo("people-damaged");
    assertThat(anybody("GET /api/station", From.NETWORK).at(DAMAGED)).isEqualTo("people-damaged");
    assertThat(anybody("GET /", From.NETWORK).at(DAMAGED)).as("where the page says it").isEqualTo("ToLogin");
    assertThat(Fault.PEOPLE_DAMAGED.httpStatus()).isEqualTo(503);
  }

  @Test
  void anAdminIsToldOfWhatIsNotThereByWhatAnswers() {
    assertThat(person(Role.ADMIN, "GET /api/nothing", From.NETWORK_TLS).at(OPEN)).isEqualTo("as Person");
    assertThat(person(Role.ENGINEER, "GET /api/nothing", From.NETWORK_TLS).at(OPEN)).isEqualTo("not-found");
    assertThat(person(Role.ENGINEER, "PATCH /api/people", From.NETWORK_TLS).at(OPEN)).isEqualTo("method-not-allowed");
  }
}
