package io.kerf.web.people;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.kerf.people.Claim;
import io.kerf.people.RosterFile;
import io.kerf.people.Sessions;
import io.kerf.storage.DataFolder;
import io.kerf.web.Awaiting;
import io.kerf.web.ClaimedProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.Cookie;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A station that is claimed, and looked on at by nobody who has not logged in: with real files and passwords behind the web. */
@QuarkusTest
@TestProfile(ClaimedProfile.class)
class AccessTest {
  private static final String ANNS = "correct horse";

  @Inject
  DataFolder folder;

  @Inject
  Claim claim;

  @BeforeEach
  void claimOnce() {
    if (!Files.exists(folder.root().resolve("people/people.json"))) {
      cross(given()).body(Map.of("code", claim.code(), "name", "Ann", "password", ANNS)).post("/api/claim").then().statusCode(403).body("code", equalTo("cross-site"));
      json().body(Map.of("code", "AAAA-AAAA", "name", "Ann", "password", ANNS)).post("/api/claim").then().statusCode(403).body("code", equalTo("wrong-claim-code"));
      json().body(Map.of("code", claim.code(), "name", "Ann", "password", ANNS)).post("/api/claim").then().statusCode(200).body("who", equalTo("Ann")).body("role", equalTo("admin"));
    }
  }

  private static RequestSpecification json() {
    return given().contentType("application/json");
  }

  private static RequestSpecification cross(RequestSpecification request) {
    return request.contentType("application/json").header("Origin", "http://evil.example");
  }

  /** Somebody who is in, as their browser is. */
  private record In(String cookie, String csrf) {
    static In as(String name, String password) {
      Response answer = json().body(Map.of("name", name, "password", password)).post("/api/session");
      answer.then().statusCode(200);
      return new In(answer.cookie("kerf-session-plain"), answer.path("csrf"));
    }

    RequestSpecification looks() {
      return given().cookie("kerf-session-plain", cookie);
    }

    RequestSpecification changes() {
      return json().cookie("kerf-session-plain", cookie).header("X-CSRF-Token", csrf);
    }
  }

  /** Somebody new, each time. */
  private static In newcomer(String role) {
    String name = role + " " + UUID.randomUUID();
    In.as("Ann", ANNS).changes().body(Map.of("name", name, "role", role, "password", ANNS)).post("/api/people").then().statusCode(201);
    return In.as(name, ANNS);
  }

  private static int post(RequestSpecification request) {
    return request.contentType("image/png").body("ok".getBytes()).post("/api/inspections").statusCode();
  }

  @Test
  void theCookieIsOutOfReachOfScriptsAndOtherSites() {
    Cookie cookie = json().body(Map.of("name", "ann", "password", ANNS)).post("/api/session").detailedCookie("kerf-session-plain");
    assertThat(cookie.getValue()).matches("[A-Za-z0-9_-]{43}");
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Strict");
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.isSecured()).as("over plain HTTP, on the machine").isFalse();
    assertThat(cookie.getMaxAge()).as("until the browser is closed").isEqualTo(-1);
  }

  @Test
  void nothingIsSeenAndNothingDoneWithoutLoggingIn() {
    for (String path : new String[] {"/api/station", "/api/inspections", "/api/events", "/api/audit", "/q/metrics", "/q/openapi", "/api/people", "//api/station/", "/%61pi/station"}) {
      given().urlEncodingEnabled(false).get(path).then().statusCode(401).contentType("application/problem+json").body("code", equalTo("login-needed"))
          .header("WWW-Authenticate", equalTo("Bearer")).header("X-Content-Type-Options", equalTo("nosniff"));
    }
    for (String path : new String[] {"/api/people;a=b", "/api/station%3Bx", "/api%2Fstation", "/api/normals/..%2Fx/image", "/kerf.db"}) {
      given().urlEncodingEnabled(false).get(path).then().statusCode(404).body("code", equalTo("not-found"));
    }
    given().redirects().follow(false).get("/").then().statusCode(302).header("Location", containsString("/login.html?to=%2F"));
    given().urlEncodingEnabled(false).redirects().follow(false).get("/learning.html?recipe=a%26b").then().statusCode(302).header("Location", containsString("/login.html?to=%2Flearning.html%3Frecipe%3Da%2526b"));
    assertThat(post(given())).isEqualTo(401);
  }

  @Test
  void whatSomebodyNeedsToLogInIsThere() {
    for (String path : new String[] {"/login.html", "/js/people/login.js", "/js/api.js", "/js/texts.js", "/css/people.css", "/favicon.svg", "/q/health/ready", "/webjars/uplot/1.6.30/dist/uPlot.min.css"}) {
      given().get(path).then().statusCode(200);
    }
    given().get("/api/session").then().statusCode(200).header("Cache-Control", containsString("no-store")).body("claimed", equalTo(true)).body("who", nullValue()).body("kind", equalTo("ANYBODY"))
        .body("csrf", nullValue()).body("openViewing", equalTo(false)).body("secretsWelcome", equalTo(true));
  }

  @Test
  void whoHasLoggedInIsKnownUntilTheyLogOut() {
    In ann = In.as("Ann", ANNS);
    ann.looks().get("/api/session").then().body("who", equalTo("Ann")).body("kind", equalTo("PERSON")).body("role", equalTo("admin")).body("csrf", equalTo(ann.csrf()));
    ann.looks().get("/api/station").then().statusCode(200);
    ann.looks().get("/").then().statusCode(200);
    ann.changes().delete("/api/session").then().statusCode(204).cookie("kerf-session-plain", equalTo(""));
    ann.looks().get("/api/station").then().statusCode(401);
  }

  @Test
  void aSessionThatSomebodyElseBroughtAlongIsNotTakenUp() {
    In before = In.as("Ann", ANNS);
    Response answer = json().cookie("kerf-session-plain", before.cookie()).body(Map.of("name", "Ann", "password", ANNS)).post("/api/session");
    assertThat(answer.cookie("kerf-session-plain")).isNotEqualTo(before.cookie());
    before.looks().get("/api/station").then().statusCode(401);
    String chosen = "A".repeat(43);
    json().cookie("kerf-session-plain", chosen).body(Map.of("name", "Ann", "password", ANNS)).post("/api/session").then().statusCode(200);
    given().cookie("kerf-session-plain", chosen).get("/api/station").then().statusCode(401);
  }

  @Test
  void aChangeNeedsTheTokenOfItsSession() {
    In ann = In.as("Ann", ANNS);
    In bob = newcomer("operator");
    assertThat(post(bob.looks())).as("without").isEqualTo(403);
    assertThat(post(bob.looks().header("X-CSRF-Token", ann.csrf()))).as("of another session").isEqualTo(403);
    assertThat(post(bob.looks().header("X-CSRF-Token", bob.csrf()))).isEqualTo(201);
    assertThat(post(bob.looks().header("X-CSRF-Token", bob.csrf()).header("Origin", "http://evil.example"))).isEqualTo(403);
    assertThat(post(bob.looks().header("X-CSRF-Token", bob.csrf()).header("Sec-Fetch-Site", "same-site"))).isEqualTo(403);
    assertThat(post(bob.looks().header("X-CSRF-Token", bob.csrf()).header("Sec-Fetch-Site", "same-origin"))).isEqualTo(201);
  }

  @Test
  void everybodyDoesWhatTheirRoleMay() {
    In viewer = newcomer("viewer");
    viewer.looks().get("/api/station").then().statusCode(200);
    assertThat(post(viewer.looks().header("X-CSRF-Token", viewer.csrf()))).isEqualTo(403);
    In operator = newcomer("operator");
    assertThat(post(operator.looks().header("X-CSRF-Token", operator.csrf()))).isEqualTo(201);
    operator.changes().body("{}").post("/api/learning/pause").then().statusCode(403).body("code", equalTo("not-allowed")).body("detail", containsString("engineer"));
    In engineer = newcomer("engineer");
    engineer.changes().body("{}").post("/api/learning/pause").then().statusCode(200);
    engineer.changes().body("{}").post("/api/learning/resume").then().statusCode(200);
    engineer.looks().get("/api/people").then().statusCode(403).body("code", equalTo("not-allowed"));
  }

  @Test
  void whoeverIsKnownIsWhoDidItWhateverNameIsSent() {
    In engineer = newcomer("engineer");
    String name = engineer.looks().get("/api/session").path("who");
    engineer.changes().body(Map.of("by", "Somebody Else")).post("/api/learning/pause?recipe=by-name").then().statusCode(200).body("pausedBy", equalTo(name));
    engineer.looks().get("/api/audit?limit=5").then().body("items[0].by", equalTo(name)).body("items[0].action", equalTo("learning-paused"));
  }

  @Test
  void aMachineIsKnownByItsTokenUntilThatIsRevoked() {
    In ann = In.as("Ann", ANNS);
    JsonPath made = ann.changes().body(Map.of("name", "camera " + UUID.randomUUID(), "role", "operator")).post("/api/tokens").then().statusCode(201).extract().jsonPath();
    String token = made.getString("token");
    assertThat(token).matches("kerf_[A-Za-z0-9_-]{43}");
    assertThat(post(given().header("Authorization", "Bearer " + token))).isEqualTo(201);
    given().header("Authorization", "Bearer " + token).contentType("application/json").body("{}").post("/api/learning/pause").then().statusCode(403).body("code", equalTo("not-allowed"));
    String listed = ann.looks().get("/api/tokens").then().statusCode(200).body("items.find { it.id == '" + made.getString("id") + "' }.lastUsedAt", notNullValue()).extract().asString();
    assertThat(listed).doesNotContain(token.substring(5));
    ann.changes().delete("/api/tokens/" + made.getString("id")).then().statusCode(204);
    assertThat(post(given().header("Authorization", "Bearer " + token))).isEqualTo(401);
    ann.changes().delete("/api/tokens/" + made.getString("id")).then().statusCode(404);
    ann.changes().body(Map.of("name", "x", "role", "operator", "expiresAt", "tomorrow")).post("/api/tokens").then().statusCode(400).body("detail", containsString("expiresAt"));
  }

  @Test
  void adminsSayWhoMayDoWhatAndOneOfThemStays() {
    In ann = In.as("Ann", ANNS);
    In bob = newcomer("viewer");
    String name = bob.looks().get("/api/session").path("who");
    ann.changes().body(Map.of("role", "engineer")).put("/api/people/{name}", name).then().statusCode(200).body("role", equalTo("engineer"));
    bob.looks().get("/api/station").then().statusCode(401);
    assertThat(In.as(name, ANNS).looks().get("/api/session").<String>path("role")).isEqualTo("engineer");
    ann.changes().body(Map.of("password", "another horse")).put("/api/people/{name}", name).then().statusCode(200);
    json().body(Map.of("name", name, "password", ANNS)).post("/api/session").then().statusCode(401).body("code", equalTo("wrong-login"));
    In again = In.as(name, "another horse");
    ann.changes().delete("/api/people/{name}", name).then().statusCode(204);
    again.looks().get("/api/station").then().statusCode(401);
    ann.changes().delete("/api/people/Ann").then().statusCode(409).body("code", equalTo("last-admin"));
    ann.changes().body(Map.of("role", "viewer")).put("/api/people/Ann").then().statusCode(409).body("code", equalTo("last-admin"));
    ann.changes().body(Map.of("name", "ANN", "role", "viewer", "password", ANNS)).post("/api/people").then().statusCode(409).body("code", equalTo("name-taken"));
    ann.changes().body(Map.of("name", "Cid", "role", "king", "password", ANNS)).post("/api/people").then().statusCode(400).body("detail", containsString("viewer, operator"));
    ann.changes().body("{}").put("/api/people/Ann").then().statusCode(400);
    ann.changes().delete("/api/people/nobody").then().statusCode(404);
    String all = ann.looks().get("/api/people").then().statusCode(200).body("items.name", hasItems("Ann")).extract().asString();
    assertThat(all).doesNotContain("$2b$").doesNotContain("password");
    ann.looks().get("/api/audit?limit=50").then().body("items.action", hasItems("person-added", "person-changed", "person-removed", "logged-in"));
    assertThat(ann.looks().get("/api/audit?limit=500").asString()).doesNotContain("another horse").doesNotContain(ANNS).doesNotContain("$2b$");
  }

  @Test
  void everybodyChangesTheirOwnPassword() {
    In bob = newcomer("viewer");
    String name = bob.looks().get("/api/session").path("who");
    bob.changes().body(Map.of("old", "not my password", "password", "another horse")).put("/api/session/password").then().statusCode(401).body("code", equalTo("wrong-login"));
    bob.changes().body(Map.of("old", ANNS, "password", "short")).put("/api/session/password").then().statusCode(400).body("detail", containsString("at least 10"));
    Response changed = bob.changes().body(Map.of("old", ANNS, "password", "another horse")).put("/api/session/password");
    changed.then().statusCode(200).body("who", equalTo(name));
    bob.looks().get("/api/station").then().statusCode(401);
    given().cookie("kerf-session-plain", changed.cookie("kerf-session-plain")).get("/api/station").then().statusCode(200);
    In.as(name, "another horse");
  }

  @Test
  void wrongPasswordsLockOutWithATimeToComeBack() {
    String name = newcomer("viewer").looks().get("/api/session").path("who");
    for (int i = 0; i < 5; i++) {
      json().body(Map.of("name", name, "password", "wrong password")).post("/api/session").then().statusCode(401).body("code", equalTo("wrong-login"));
    }
    Response locked = json().body(Map.of("name", name, "password", ANNS)).post("/api/session");
    locked.then().statusCode(429).body("code", equalTo("locked-out"));
    assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(1, 30);
    assertThat(locked.cookies()).isEmpty();
    In.as("Ann", ANNS).looks().get("/api/audit?limit=5").then().body("items.find { it.action == 'login-refused' }.subject", equalTo(name));
  }

  @Test
  void whoIsNotInSendsLittle() {
    json().body("x".repeat(20_000)).post("/api/session").then().statusCode(400).body("detail", containsString("16384"));
    json().body("{").post("/api/session").then().statusCode(400).body("code", equalTo("bad-field"));
    json().post("/api/session").then().statusCode(400);
    json().body(Map.of()).post("/api/session").then().statusCode(401);
  }

  @Test
  void whatACommandDoesCountsWithinTwoSeconds() {
    In bob = newcomer("viewer");
    String name = bob.looks().get("/api/session").path("who");
    new RosterFile(folder.root()).change(roster -> roster.without(name));
    Awaiting.until(() -> bob.looks().get("/api/station").statusCode() != 200);
    bob.looks().get("/api/station").then().statusCode(401);
  }

  @Test
  void aSessionIsOnTheDiskForTheNextStart() {
    In ann = In.as("Ann", ANNS);
    Sessions next = new Sessions(folder.root().resolve("people/sessions.json"), Duration.ofHours(12), Duration.ofDays(7), Clock.systemUTC(), System::nanoTime);
    assertThat(next.find(ann.cookie())).map(Sessions.Session::name).contains("Ann");
  }

  @Test
  void aClaimedStationIsNotClaimedAgain() throws IOException {
    json().body(Map.of("code", "AAAA-AAAA", "name", "Eve", "password", "whatever it is")).post("/api/claim").then().statusCode(409).body("code", equalTo("already-claimed"));
    assertThat(folder.root().resolve("people/claim-code")).doesNotExist();
    try (var files = Files.list(folder.root().resolve("people"))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(file -> !file.startsWith("."))).containsOnly("people.json", "sessions.json", "lock");
    }
  }

  /** By an address of this machine that is not its loopback. */
  @Test
  void overTheNetworkInTheClearNeitherPasswordNorCookieCounts() throws Exception {
    Optional<String> address = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
        .filter(one -> one instanceof Inet4Address && !one.isLoopbackAddress()).map(InetAddress::getHostAddress).findFirst();
    Assumptions.assumeTrue(address.isPresent(), "This machine has no address but its loopback.");
    String station = "http://" + address.get() + ":" + RestAssured.port;
    In ann = In.as("Ann", ANNS);
    json().body(Map.of("name", "Ann", "password", ANNS)).post(station + "/api/session").then().statusCode(403).body("code", equalTo("tls-needed"));
    ann.looks().get(station + "/api/station").then().statusCode(401);
    ann.looks().get(station + "/api/session").then().statusCode(200).body("who", nullValue()).body("secretsWelcome", equalTo(false));
    given().header("X-Forwarded-For", "127.0.0.1").header("X-Forwarded-Proto", "https").header("Host", "localhost").get(station + "/api/station").then().statusCode(401);
    String token = ann.changes().body(Map.of("name", "camera " + UUID.randomUUID(), "role", "admin")).post("/api/tokens").path("token");
    assertThat(post(given().baseUri(station).header("Authorization", "Bearer " + token))).isEqualTo(201);
    given().header("Authorization", "Bearer " + token).get(station + "/api/people").then().statusCode(403).body("code", equalTo("tls-needed"));
    ann.looks().get("/api/people").then().body("items", hasSize(greaterThan(0)));
  }
}
