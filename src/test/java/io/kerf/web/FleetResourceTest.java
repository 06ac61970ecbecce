package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fleet.Brokers;
import io.kerf.fleet.FleetFixture;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.Envelope;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Payload;
import io.kerf.fleet.envelope.Policy;
import io.kerf.fleet.envelope.Probation;
import io.kerf.fleet.envelope.Rollout;
import io.kerf.fleet.protocol.ReportState;
import io.kerf.fleet.sender.HttpPlant;
import io.kerf.fleet.trust.SigningKey;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@TestProfile(FleetProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetResourceTest {
  private static Path folder() {
    return Path.of(ConfigProvider.getConfig().getValue("kerf.fleet.trust", String.class)).getParent();
  }

  private static byte[] envelope(long version, String document, boolean dryRun) throws IOException {
    Policy policy = new Policy(dryRun, Optional.empty(), new Probation(Duration.ofSeconds(1), 1, Duration.ofMinutes(1), 0.2));
    Instant now = Instant.now();
    return Envelope.sign(new Payload("d-" + version, FleetFixture.FLEET, Audience.station(FleetFixture.STATION), new FleetVersion(1, version), now, now.minusSeconds(60), now.plusSeconds(60),
        "0.1.0", document.getBytes(), policy, new Rollout("r-1", "press")), SigningKey.read(folder().resolve("signer.key")));
  }

  @Test
  @Order(1)
  void aDryRunAnswersWithTheDifference() throws IOException {
    given().contentType("application/jose").body(envelope(1, "{\"exposureMs\": 9}", true)).put("/api/fleet/desired").then().statusCode(202)
        .body("state", equalTo("VALIDATED")).body("difference", containsString("exposureMs: 8 → 9"));
    when().get("/api/fleet").then().statusCode(200).body("highestSeen", nullValue()).body("station", equalTo("line-7")).body("fleet", equalTo("acme"));
  }

  @Test
  @Order(2)
  void aSignedDocumentIsAppliedReportedAndAudited() throws IOException {
    given().contentType("application/jose").body(envelope(1, "{\"exposureMs\": 9}", false)).put("/api/fleet/desired").then().statusCode(202).body("state", equalTo("STAGED"));
    Awaiting.until(() -> when().get("/api/fleet").jsonPath().getString("deployment.state").equals("COMMITTED"));
    when().get("/api/fleet").then().body("active.version", equalTo("1.1")).body("highestSeen", equalTo("1.1")).body("reports[0].state", equalTo("COMMITTED"));
    assertThat(when().get("/api/audit").jsonPath().getList("items.action")).contains("fleet-document-staged", "fleet-document-committed");
  }

  @Test
  @Order(3)
  void aRefusalIsAProblemWithItsCode() throws IOException {
    given().contentType("application/jose").body(envelope(0, "{\"exposureMs\": 9}", false)).put("/api/fleet/desired").then().statusCode(409)
        .contentType("application/problem+json").body("code", equalTo("fleet-version-lower"));
    given().contentType("application/jose").body(new byte[Envelope.MAX_BYTES + 1]).put("/api/fleet/desired").then().statusCode(413).body("code", equalTo("fleet-too-large"));
    given().contentType("application/jose").body("rubbish".getBytes()).put("/api/fleet/desired").then().statusCode(400).body("code", equalTo("fleet-not-an-envelope"));
    assertThat(when().get("/api/audit").jsonPath().getList("items.detail", String.class)).anyMatch(detail -> detail.startsWith("fleet-version-lower"));
  }

  @Test
  @Order(4)
  void theNextTrustIsTaken() throws IOException {
    byte[] next = Files.readAllBytes(folder().resolve("trust-2.json"));
    given().contentType("application/json").body(next).put("/api/fleet/trust").then().statusCode(200).body("version", equalTo(2)).body("changed", equalTo(true));
    given().contentType("application/json").body(next).put("/api/fleet/trust").then().statusCode(200).body("changed", equalTo(false));
    given().contentType("application/json").body("{}").put("/api/fleet/trust").then().statusCode(403).body("code", equalTo("fleet-trust-invalid"));
  }

  @Test
  @Order(4)
  void aPlantWithoutABrokerSendsToTheStationAndReadsItsReports() throws Exception {
    try (HttpPlant plant = new HttpPlant(Map.of(FleetFixture.STATION, URI.create("http://localhost:" + RestAssured.port)), TlsFiles.NONE, Optional.empty())) {
      plant.send(Audience.station(FleetFixture.STATION), envelope(2, "{\"exposureMs\": 10}", false), true);
      Brokers.await("version 2", () -> plant.stations().get(FleetFixture.STATION).report()
          .filter(report -> report.state() == ReportState.COMMITTED && report.active().version().equals("1.2")).isPresent());
    }
  }

  /** What the dashboard draws must be there. */
  @Test
  @Order(5)
  void theDashboardAsksForMetricsThatStationsHave() throws IOException {
    given().contentType("image/png").body("ng".getBytes()).post("/api/inspections").then().statusCode(201);
    String metrics = when().get("/q/metrics").asString();
    JsonNode dashboard = new ObjectMapper().readTree(Files.readAllBytes(Path.of("edge-config/fleet/grafana-dashboard.json")));
    assertThat(dashboard.path("panels").size()).isGreaterThan(3);
    int asked = 0;
    for (JsonNode expression : dashboard.findValues("expr")) {
      Matcher names = Pattern.compile("\\b(?:kerf|process|system)_[a-z_]+").matcher(expression.asText());
      while (names.find()) {
        assertThat(metrics).as(expression.asText()).contains("\n" + names.group());
        asked++;
      }
    }
    assertThat(asked).isGreaterThan(3);
  }
}
