package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.kerf.storage.DataFolder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What people say of a part, and what becomes of it: with real files, images and records behind the web. */
@QuarkusTest
@TestProfile(WebProfile.class)
class ReviewResourceTest {
  @Inject
  DataFolder folder;

  /** A recipe of its own for each test. */
  static String judged(String recipe) throws Exception {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 96 * 64; i++) {
      image.setRGB(i % 96, i / 96, i * 7919);
    }
    ImageIO.write(image, "jpg", jpeg);
    return given().contentType("image/jpeg").body(jpeg.toByteArray()).post("/api/inspections?lot=L7&recipe=" + recipe).then().statusCode(201).extract().path("id");
  }

  static ValidatableResponse say(String id, String truth, String by) {
    return given().contentType("application/json").body("{\"truth\": \"" + truth + "\", \"by\": \"" + by + "\"}").put("/api/inspections/" + id + "/review").then();
  }

  @Test
  void aPartThatWasGoodJoinsTheNormalsUntilThatIsTakenBack() throws Exception {
    String id = judged("review-good");
    when().get("/api/inspections/" + id + "/review").then().statusCode(404);
    say(id, "GOOD", "ann").statusCode(200).body("truth", equalTo("GOOD")).body("by", equalTo("ann")).body("recipe", equalTo("review-good"));
    say(id, "GOOD", "bob").statusCode(200);
    when().get("/api/normals?recipe=review-good").then().statusCode(200).body("confirmed", equalTo(1)).body("items", hasSize(1)).body("items[0].id", equalTo(id))
        .body("items[0].standing", equalTo("CONFIRMED")).body("items[0].lot", equalTo("L7")).body("items[0].by", equalTo("ann"));
    when().get("/api/normals/" + id + "/image?recipe=review-good").then().statusCode(200).contentType("image/jpeg");
    when().delete("/api/inspections/" + id + "/review?by=cid").then().statusCode(200).body("by", equalTo("bob"));
    when().get("/api/normals?recipe=review-good").then().body("items", empty());
    when().delete("/api/inspections/" + id + "/review?by=cid").then().statusCode(404);
  }

  @Test
  void aPartThatWasBadLeavesTheNormalsForTheGoldenSetAndComesBackWhereThatIsTakenBack() throws Exception {
    String id = judged("review-bad");
    say(id, "GOOD", "ann").statusCode(200);
    say(id, "BAD", "bob").statusCode(200);
    when().get("/api/normals?recipe=review-bad").then().body("items", empty());
    when().get("/api/golden?recipe=review-bad").then().body("$", hasSize(1)).body("[0].truth", equalTo("BAD")).body("[0].by", equalTo("bob"));
    when().get("/api/golden/" + id + "/image?recipe=review-bad").then().statusCode(200).contentType("image/jpeg");
    say(id, "GOOD", "cid").statusCode(200);
    when().get("/api/golden?recipe=review-bad").then().body("$", hasSize(0));
    when().get("/api/golden/" + id + "/image?recipe=review-bad").then().statusCode(404).body("code", equalTo("not-found")).body("detail", containsString("golden set"));
    when().get("/api/normals?recipe=review-bad").then().body("confirmed", equalTo(1));
  }

  @Test
  void aNormalCanBeConfirmedAndRemoved() throws Exception {
    String id = judged("review-normal");
    say(id, "GOOD", "ann").statusCode(200);
    confirm(id, "{\"by\": \"bob\"}").statusCode(200).body("standing", equalTo("CONFIRMED"));
    when().delete("/api/normals/" + id + "?recipe=review-normal&by=bob").then().statusCode(204);
    when().delete("/api/normals/" + id + "?recipe=review-normal&by=bob").then().statusCode(404).body("code", equalTo("not-found"));
    when().get("/api/normals/" + id + "/image?recipe=review-normal").then().statusCode(404);
    confirm(id, "{\"by\": \"bob\"}").statusCode(404);
  }

  private static ValidatableResponse confirm(String id, String body) {
    return given().contentType("application/json").body(body).post("/api/normals/" + id + "/confirm?recipe=review-normal").then();
  }

  @Test
  void whoeverChangesSomethingSaysWho() throws Exception {
    String id = judged("review-normal");
    say(id, "GOOD", "ann").statusCode(200);
    for (String body : new String[] {"{}", "{\"by\": \" \"}"}) {
      confirm(id, body).statusCode(400).body("code", equalTo("bad-field")).body("detail", containsString("by is missing"));
    }
    confirm(id, "").statusCode(400).body("detail", containsString("has no body"));
    when().delete("/api/normals/" + id + "?recipe=review-normal").then().statusCode(400).body("code", equalTo("bad-field")).body("detail", containsString("by is missing"));
    when().delete("/api/inspections/" + id + "/review").then().statusCode(400).body("code", equalTo("bad-field")).body("detail", containsString("by is missing"));
    when().get("/api/inspections/" + id + "/review").then().statusCode(200).body("by", equalTo("ann"));
    when().get("/api/normals/" + id + "/image?recipe=review-normal").then().statusCode(200);
  }

  @Test
  void aWordThatSaysNothingIsRefused() throws Exception {
    String id = judged("review-refused");
    say(id, "FINE", "ann").statusCode(400).body("code", equalTo("bad-field")).body("detail", containsString("GOOD or BAD"));
    say(id, "GOOD", "").statusCode(400).body("detail", containsString("by is missing"));
    given().contentType("application/json").put("/api/inspections/" + id + "/review").then().statusCode(400).body("detail", containsString("no body"));
    say("nonsense", "GOOD", "ann").statusCode(404);
    say("0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55", "GOOD", "ann").statusCode(404).body("detail", containsString("There is no inspection"));
    when().get("/api/normals?recipe=../x").then().statusCode(400);
  }

  @Test
  void lookingAtARecipeMakesNone() {
    when().get("/api/normals?recipe=nobody").then().statusCode(200).body("items", empty());
    when().get("/api/golden?recipe=nobody").then().statusCode(200).body("$", hasSize(0));
    when().get("/api/golden/x/image?recipe=nobody").then().statusCode(404).body("code", equalTo("not-found"));
    when().delete("/api/normals/x?recipe=nobody&by=ann").then().statusCode(404);
    assertThat(folder.recipe("nobody")).doesNotExist();
  }

  @Test
  void aGoldenPartIsTakenOutAndWhatWasSaidOfItIsTakenBack() throws Exception {
    String id = judged("golden-out");
    say(id, "GOOD", "ann").statusCode(200);
    say(id, "BAD", "bob").statusCode(200);
    when().delete("/api/golden/" + id + "?recipe=golden-out").then().statusCode(400).body("code", equalTo("bad-field"));
    when().delete("/api/golden/" + id + "?recipe=other&by=cid").then().statusCode(404);
    when().get("/api/golden?recipe=golden-out").then().body("$", hasSize(1));
    when().delete("/api/golden/" + id + "?recipe=golden-out&by=cid").then().statusCode(204);
    when().get("/api/golden?recipe=golden-out").then().body("$", empty());
    when().get("/api/inspections/" + id + "/review").then().statusCode(404);
    when().get("/api/audit?recipe=golden-out").then().body("items.action[0]", equalTo("golden-removed")).body("items.action[1]", equalTo("review-taken-back"))
        .body("items.by[0]", equalTo("cid")).body("items.subject[0]", equalTo(id));
    when().delete("/api/golden/" + id + "?recipe=golden-out&by=cid").then().statusCode(404);
  }
}
