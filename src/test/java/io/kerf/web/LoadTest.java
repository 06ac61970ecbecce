package io.kerf.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WebProfile.class)
class LoadTest {
  @Inject
  FakeInspector inspector;

  @Test
  void onePartIsJudgedOneWaitsAndTheThirdComesBackLater() throws Exception {
    inspector.held = new CountDownLatch(1);
    inspector.release = new CountDownLatch(1);
    CompletableFuture<Response> judged = CompletableFuture.supplyAsync(() -> post("hold"));
    inspector.held.await();
    CompletableFuture<Response> waiting = CompletableFuture.supplyAsync(() -> post("ok"));
    waiting.join().then().statusCode(503).contentType("application/problem+json").body("code", equalTo("busy")).header("Retry-After", equalTo("1"));
    inspector.release.countDown();
    judged.join().then().statusCode(201);
    post("ok").then().statusCode(201);
  }

  private static Response post(String image) {
    return given().contentType("image/png").body(image.getBytes()).post("/api/inspections");
  }
}
