package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outputs as the station document wishes them, a webhook among them that is real. */
@QuarkusTest
@TestProfile(WebProfile.class)
class OutputResourceTest {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      received.add(new String(exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    });
    server.start();
    apply("outputs:\n  webhooks:\n    mes: {url: \"http://localhost:" + server.getAddress().getPort() + "/\"}\n  gpio:\n    lights: {chip: /dev/no-such-chip, ok: 1}\n");
  }

  @AfterEach
  void stop() {
    apply("");
    server.stop(0);
  }

  private static void apply(String outputs) {
    given().contentType("application/yaml").body(("schema: 1\n" + outputs).getBytes()).put("/api/document?by=ann").then().statusCode(200);
  }

  @Test
  void aPartThatIsJudgedArrivesAsTheInterfaceShowsItAndIsCounted() {
    Awaiting.until(() -> when().get("/api/outputs").path("items.find { it.name == 'lights' }.state").equals("FAILS"));
    // The outbox begins with what comes after it knows where it is.
    given().post("/api/outputs/mes/test").then().statusCode(204);
    String id = given().contentType("image/jpeg").body("ng".getBytes()).post("/api/inspections?partId=SN-1").then().statusCode(201).extract().path("id");
    Awaiting.until(() -> received.stream().anyMatch(body -> body.contains(id)));
    String sent = received.stream().filter(body -> body.contains(id)).findFirst().orElseThrow();
    assertThat(sent).isEqualTo(when().get("/api/inspections/" + id).asString());
    when().get("/api/outputs").then().statusCode(200).body("items", hasSize(2)).body("items.find { it.name == 'mes' }.kind", equalTo("webhook"))
        .body("items.find { it.name == 'mes' }.state", equalTo("WORKS")).body("items.find { it.name == 'mes' }.told", equalTo(1))
        .body("items.find { it.name == 'mes' }.lost", equalTo(0)).body("items.find { it.name == 'mes' }.lastDeliveredAt", notNullValue())
        .body("items.find { it.name == 'lights' }.words", containsString("/dev/no-such-chip"));
    Awaiting.until(() -> when().get("/q/metrics").asString().contains("kerf_output_delivered{output=\"mes\"} 1.0"));
  }

  @Test
  void anOutputIsTriedWhereThatMovesNothing() {
    given().post("/api/outputs/mes/test").then().statusCode(204);
    assertThat(received).hasSize(1).allSatisfy(body -> assertThat(body).contains("\"test\":true"));
    given().post("/api/outputs/lights/test").then().statusCode(409).body("code", equalTo("output-untestable"));
    given().post("/api/outputs/nobody/test").then().statusCode(404).body("code", equalTo("not-found"));
    server.stop(0);
    given().post("/api/outputs/mes/test").then().statusCode(502).body("code", equalTo("output-failed"));
  }
}
