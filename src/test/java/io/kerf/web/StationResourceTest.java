package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WebProfile.class)
class StationResourceTest {
  @Test
  void theStationSaysWhatItDoes() {
    when().get("/api/station").then().statusCode(200).body("name", equalTo("Line 1")).body("mode", equalTo("STATION")).body("recipe", equalTo("default"))
        .body("collecting.wanted", equalTo(60)).body("$", hasKey("model")).body("model", nullValue()).body("serverTime", notNullValue()).body("shift.startedAt", notNullValue()).body("$", hasKey("alarms"));
  }

  @Test
  void itCountsWhatItJudges() {
    JsonPath before = when().get("/api/station").jsonPath();
    post("ok");
    post("ng");
    post("ng");
    post("dark");
    JsonPath after = when().get("/api/station").jsonPath();
    for (String span : new String[] {"counts.today", "counts.sinceStart", "shift.counts"}) {
      assertThat(after.getInt(span + ".ok") - before.getInt(span + ".ok")).isEqualTo(1);
      assertThat(after.getInt(span + ".ng") - before.getInt(span + ".ng")).isEqualTo(2);
      assertThat(after.getInt(span + ".unjudged") - before.getInt(span + ".unjudged")).isEqualTo(1);
    }
  }

  @Test
  void itIsHealthyWhileItsDataFolderCanBeWritten() {
    when().get("/q/health").then().statusCode(200).body("status", equalTo("UP")).body("checks.name", hasItem("data-folder"))
        .body("checks.find { it.name == 'station' }.data.phase", equalTo("COLLECTING"))
        .body("checks.find { it.name == 'data-folder' }.data.freeBytes", notNullValue());
  }

  @Test
  void itsMetricsCountVerdictsAndTimeStages() {
    post("ng");
    when().get("/q/metrics").then().statusCode(200).body(containsString("kerf_inspections_total{recipe=\"default\",verdict=\"NG\"}"))
        .body(containsString("kerf_inspection_seconds_bucket{stage=\"encode\",le=\"0.005\"}"))
        .body(containsString("kerf_inspection_seconds_count{stage=\"record\"}")).body(containsString("kerf_evidence_bytes"))
        .body(containsString("kerf_inspections_waiting")).body(containsString("kerf_events_dropped_total"))
        .body(containsString("kerf_inspections_refused_total"));
  }

  @Test
  void itsInterfaceIsDescribed() {
    String description = given().accept("application/json").get("/q/openapi?format=json").then().statusCode(200).extract().asString();
    JsonPath openApi = JsonPath.from(description);
    assertThat(openApi.getMap("paths").keySet()).contains("/api/inspections", "/api/inspections/latest", "/api/inspections/{id}", "/api/inspections/{id}/heat-map",
        "/api/inspections/{id}/image", "/api/station", "/api/events",
        "/api/inspections/{id}/review", "/api/normals", "/api/golden", "/api/models", "/api/models/history", "/api/models/{digest}", "/api/models/{digest}/activate", "/api/models/rollback",
        "/api/audit", "/api/audit/verify", "/api/quality", "/api/golden/{id}");
    assertThat(openApi.getMap("components.schemas").keySet()).contains("Inspection", "Problem");
  }

  @Test
  void everyAnswerCarriesTheHeadersThatKeepAPageSafe() {
    for (String path : new String[] {"/api/station", "/api/nothing", "/q/health"}) {
      when().get(path).then().header("Content-Security-Policy", containsString("default-src 'self'")).header("X-Content-Type-Options", equalTo("nosniff"))
          .header("Referrer-Policy", equalTo("no-referrer"));
    }
  }

  private static void post(String image) {
    given().contentType("image/png").body(image.getBytes()).post("/api/inspections").then().statusCode(201);
  }
}
