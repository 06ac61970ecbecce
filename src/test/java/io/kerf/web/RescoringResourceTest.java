package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.kerf.inspection.LineTraffic;
import io.kerf.inspection.rescore.RescoringFixture;
import io.kerf.model.BundleStore;
import io.kerf.storage.DataFolder;
import io.kerf.training.SyntheticParts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real images and a real model behind the web; on record each part is OK, as what stands behind the inspector is made up. */
@QuarkusTest
@TestProfile(WebProfile.class)
class RescoringResourceTest {
  private static final String RECIPE = RescoringFixture.RECIPE;
  private static String digest;

  @TempDir
  static Path work;

  @Inject
  DataFolder folder;

  @Inject
  LineTraffic line;

  @BeforeEach
  void learnOnce() throws Exception {
    if (digest == null) {
      digest = RescoringFixture.learn(new BundleStore(folder.models(RECIPE)), work, false);
    }
  }

  private static ValidatableResponse ask(String body) {
    return given().contentType("application/json").body(body).post("/api/rescorings").then();
  }

  private static String order(String lot) {
    return "{\"recipe\": \"" + RECIPE + "\", \"bundle\": \"" + digest.substring(0, 10) + "\", \"lot\": \"" + lot + "\", \"by\": \"ann\"}";
  }

  private static void post(String lot, int count) throws Exception {
    for (Path png : SyntheticParts.bad(work.resolve(lot), count, 5)) {
      Path jpeg = work.resolve(lot + png.getFileName() + ".jpg");
      ImageIO.write(ImageIO.read(png.toFile()), "jpg", jpeg.toFile());
      given().contentType("image/jpeg").body(Files.readAllBytes(jpeg)).post("/api/inspections?partId=" + png.getFileName() + "&lot=" + lot + "&recipe=" + RECIPE)
          .then().statusCode(201);
    }
  }

  private static void awaitEnd(String location) {
    Awaiting.until(() -> !when().get(location).then().statusCode(200).extract().path("state").equals("RUNNING"));
  }

  @Test
  void defectsThatWereMissedAreListedWithTheirTimeAndScores() throws Exception {
    post("missed", 3);
    String location = ask(order("missed")).statusCode(202).body("state", notNullValue()).body("order.bundle", equalTo(digest)).extract().header("Location");
    assertThat(location).contains("/api/rescorings/");
    awaitEnd(location);
    when().get(location).then().body("state", equalTo("DONE")).body("share", equalTo(1.0F)).body("remainingSeconds", nullValue())
        .body("counts.parts", equalTo(3)).body("counts.lookedAt", equalTo(3)).body("counts.changed", equalTo(3)).body("changes", hasSize(3))
        .body("first.partId", equalTo("000.png")).body("last.partId", equalTo("002.png")).body("first.capturedAt", endsWith("Z"))
        .body("first.lot", equalTo("missed")).body("first.before.verdict", equalTo("OK")).body("first.before.score", equalTo(12.5F))
        .body("first.before.bundle", equalTo("sha256:b0b")).body("first.after.verdict", equalTo("NG")).body("first.after.bundle", equalTo(digest))
        .body("first.after.pValue", notNullValue()).body("transitions", hasSize(1)).body("transitions[0].count", equalTo(3)).body("problem", nullValue())
        .body("order.by", equalTo("ann"));
    when().get("/api/rescorings").then().statusCode(200).body("items[0].counts.changed", equalTo(3)).body("items[0].changes", nullValue())
        .body("items[0].first.partId", equalTo("000.png"));
    when().delete(location).then().statusCode(200).body("state", equalTo("DONE"));
  }

  @Test
  void oneRunsAtATimeAndCanBeCancelled() throws Exception {
    post("held", 6);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread part = new Thread(() -> line.during(() -> {
      begun.countDown();
      try {
        return end.await(1, java.util.concurrent.TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        return false;
      }
    }));
    part.start();
    begun.await();
    String location = ask(order("held")).statusCode(202).extract().header("Location");
    ask(order("held")).statusCode(409).body("code", equalTo("rescoring-running")).body("detail", containsString("lot held"));
    when().delete(location).then().statusCode(200).body("state", equalTo("CANCELLED")).body("notes", hasItem(containsString("It ended early")));
    end.countDown();
    part.join();
    String next = ask(order("held")).statusCode(202).extract().header("Location");
    awaitEnd(next);
    when().get(next).then().body("counts.lookedAt", equalTo(6));
  }

  @Test
  void whatCannotBeDoneIsAProblemThatSaysWhy() {
    ask("").statusCode(400).body("detail", containsString("has no body"));
    ask("{}").statusCode(400).body("detail", containsString("by is missing"));
    ask("{\"by\": \"ann\", \"from\": \"yesterday\"}").statusCode(400).body("code", equalTo("bad-field")).body("detail", containsString("from 'yesterday' is not a day or a time"));
    ask("{\"by\": \"ann\", \"from\": \"2026-01-02\", \"to\": \"2026-01-01\"}").statusCode(400).body("code", equalTo("bad-field"))
        .body("detail", containsString("is not before to"));
    ask("{\"by\": \"ann\", \"recipe\": \"../x\"}").statusCode(400).body("code", equalTo("bad-field"));
    ask("{\"by\": \"ann\", \"recipe\": \"nobody\"}").statusCode(404).body("code", equalTo("bundle-not-found")).body("detail", containsString("no model in use"));
    ask("{\"by\": \"ann\", \"recipe\": \"" + RECIPE + "\", \"bundle\": \"zz\"}").statusCode(404).body("code", equalTo("bundle-not-found"));
    ask(order("no such lot")).statusCode(400).body("code", equalTo("nothing-to-rescore")).body("detail", containsString("lot no such lot"));
    when().get("/api/rescorings/x").then().statusCode(404).body("code", equalTo("not-found"));
    when().delete("/api/rescorings/x").then().statusCode(404).body("code", equalTo("not-found"));
  }
}
