package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;

import io.kerf.config.document.CameraSettings;
import io.kerf.config.document.HttpSettings;
import io.kerf.config.document.SourcesSection;
import io.kerf.station.source.Sources;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without a camera; {@code SourcesIT} has one. */
@QuarkusTest
@TestProfile(WebProfile.class)
class SourceResourceTest {
  @Inject
  Sources sources;

  @AfterEach
  void takeAway() {
    sources.reconcile(SourcesSection.DEFAULT);
  }

  private void camera(CameraSettings.Mode mode) {
    CameraSettings settings = new CameraSettings("nosuchelement ! fakesink", mode, null, null, Duration.ofMillis(50), null, null, null, null);
    sources.reconcile(new SourcesSection(null, Map.of("top", settings), null));
  }

  @Test
  void imagesThatAreSentAreASourceThatCounts() {
    int before = when().get("/api/sources").then().statusCode(200).extract().path("find { it.name == 'http' }.judged");
    given().contentType("image/jpeg").body("ok part".getBytes()).post("/api/inspections").then().statusCode(201);
    when().get("/api/sources").then().body("find { it.name == 'http' }.state", equalTo("WORKS")).body("find { it.name == 'http' }.kind", equalTo("http"))
        .body("find { it.name == 'http' }.judged", greaterThan(before));
  }

  @Test
  void aCameraThatCannotBeOpenedIsShownAndATriggerSaysThatNoFrameCame() {
    camera(CameraSettings.Mode.TRIGGERED);
    given().queryParam("partId", "A-17").post("/api/sources/top/trigger").then().statusCode(504).contentType(Problem.MEDIA_TYPE).body("code", equalTo("no-frame"))
        .body("detail", containsString("within 50 ms"));
    when().get("/api/sources").then().body("find { it.name == 'top' }.kind", equalTo("camera")).body("find { it.name == 'top' }.lastFrameAt", nullValue());
  }

  @Test
  void whatCannotBeTriggeredSaysSo() {
    camera(CameraSettings.Mode.FREE_RUNNING);
    given().post("/api/sources/top/trigger").then().statusCode(409).body("code", equalTo("not-triggered"));
    given().post("/api/sources/side/trigger").then().statusCode(404).body("code", equalTo("no-such-source")).body("detail", containsString("top"));
    given().queryParam("partId", "a\nb").post("/api/sources/top/trigger").then().statusCode(400).body("code", equalTo("bad-field"));
  }

  @Test
  void imagesThatAreSentAreRefusedWhereTheDocumentSaysSo() {
    sources.reconcile(new SourcesSection(null, null, new HttpSettings(Optional.of(false))));
    given().contentType("image/jpeg").body("ok part".getBytes()).post("/api/inspections").then().statusCode(409).body("code", equalTo("source-off"));
  }
}
