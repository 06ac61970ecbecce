package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.kerf.station.document.StationSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WebProfile.class)
class DocumentResourceTest {
  @Inject
  StationSettings settings;

  private static ValidatableResponse put(String text, String query) {
    return given().contentType("application/yaml").body(text.getBytes()).put("/api/document?" + query).then();
  }

  @Test
  void aDocumentIsFollowedAtOnceAndOnRecord() {
    put("schema: 1\nstation: {name: Press 4}\n", "by=ann&reason=renamed").statusCode(200).body("by", equalTo("ann"), "reason", equalTo("renamed"));
    assertThat(settings.name()).isEqualTo("Press 4");
    Response got = when().get("/api/document");
    got.then().statusCode(200).body("text", containsString("Press 4"));
    when().get("/api/audit?limit=5").then().body("items.action", hasItem("document-changed"));

    put("schema: 1\nstation: {name: Press 5}\n", "by=bob").statusCode(200);
    given().contentType("application/yaml").header("If-Match", got.header("ETag")).body("schema: 1\n".getBytes()).put("/api/document?by=cid").then().statusCode(409)
        .body("code", equalTo("document-changed"));
    int number = when().get("/api/document").path("number");
    when().get("/api/document/history").then().body("[0].by", equalTo("bob"), "[1].by", equalTo("ann"));
    when().get("/api/document/history/" + number).then().statusCode(200).body("difference", containsString("-station: {name: Press 4}\n+station: {name: Press 5}"));
    when().get("/api/document/history/999999").then().statusCode(404);
  }

  @Test
  void whatIsWrongIsAnsweredWholeAndNothingChanges() {
    put("schema: 1\nstation: {name: Before}\n", "by=ann").statusCode(200);
    put("schema: 1\nstation: {nmae: x}\nretention: {max-age: long}\n", "by=ann").statusCode(400).body("valid", equalTo(false),
        "problems.path", equalTo(List.of("station.nmae", "retention.max-age")), "problems.line", equalTo(List.of(2, 3)));
    put("schema: 1\n", "reason=x").statusCode(400).body("code", equalTo("bad-field"));
    assertThat(settings.name()).isEqualTo("Before");
    given().contentType("application/yaml").body("schema: 1\nx: y\n".getBytes()).post("/api/document/check").then().statusCode(200)
        .body("valid", equalTo(false), "difference", containsString("+x: y"));
  }

  @Test
  void aDocumentBeyondItsLimitIsRefused() {
    put("#".repeat(300_000), "by=ann").statusCode(400).body("code", equalTo("document-invalid"));
  }

  @Test
  void theSchemaIsThereForEditors() {
    when().get("/api/document/schema").then().statusCode(200).contentType(containsString("schema+json"))
        .body(containsString("Kerf station document"));
  }
}
