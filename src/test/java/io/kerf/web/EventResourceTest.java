package io.kerf.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WebProfile.class)
class EventResourceTest {
  @Inject
  FakeStation station;

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void aListenerIsToldOfTheStationAtOnceAndOfEachPartAsItIsRecorded() throws Exception {
    try (Listener listener = new Listener()) {
      JsonNode first = json.readTree(listener.next("station"));
      assertThat(first.path("phase").asText()).isEqualTo("COLLECTING");
      assertThat(first.path("counts").path("sinceStart").has("ok")).isTrue();
      String id = post("ng");
      JsonNode part = json.readTree(listener.next("inspection"));
      assertThat(part.path("id").asText()).isEqualTo(id);
      assertThat(part.path("verdict").asText()).isEqualTo("NG");
      assertThat(part.path("heatMap").asText()).isEqualTo("/api/inspections/" + id + "/heat-map");
      assertThat(post("ok")).isEqualTo(json.readTree(listener.next("inspection")).path("id").asText());
    }
  }

  @Test
  void aListenerIsToldWhenTheStationChanges() throws Exception {
    try (Listener listener = new Listener()) {
      listener.next("station");
      station.collected = 41;
      JsonNode changed = json.readTree(listener.next("station"));
      while (changed.path("collecting").path("collected").asInt() != 41) {
        changed = json.readTree(listener.next("station"));
      }
      assertThat(changed.path("collecting").path("wanted").asInt()).isEqualTo(60);
    }
  }

  @Test
  void oneListenerTooManyIsRefusedUntilAnotherLeaves() throws Exception {
    try (Listener first = new Listener(); Listener second = new Listener()) {
      first.next("station");
      second.next("station");
      given().accept("text/event-stream").get("/api/events").then().statusCode(503).contentType("application/problem+json").body("code", equalTo("busy"));
    }
    Awaiting.until(EventResourceTest::canListen);
  }

  private static boolean canListen() {
    try (Listener listener = new Listener()) {
      return listener.status() == 200;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String post(String image) {
    return given().contentType("image/png").body(image.getBytes()).post("/api/inspections").then().statusCode(201).extract().path("id");
  }
}
