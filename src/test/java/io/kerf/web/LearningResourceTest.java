package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.kerf.storage.DataFolder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What learning's addresses answer where there is no model; learning itself is tested where it is done. */
@QuarkusTest
@TestProfile(WebProfile.class)
class LearningResourceTest {
  private static final String[] ALL = {"run", "pause", "resume", "cancel", "candidate/promote", "candidate/discard"};

  @Inject
  DataFolder folder;

  private static ValidatableResponse ask(String address, String body) {
    return given().contentType("application/json").body(body).post("/api/learning/" + address).then();
  }

  @Test
  void aRecipeWithoutAModelLearnsNothingAndSaysWhy() {
    when().get("/api/learning?recipe=nobody").then().statusCode(200).body("recipe", equalTo("nobody")).body("enabled", equalTo(true)).body("pausedBy", nullValue())
        .body("hindrances", hasItem("no-model")).body("decision", containsString("no model to begin with")).body("next", nullValue()).body("running", nullValue())
        .body("candidate", nullValue()).body("attempts", empty());
    assertThat(folder.recipe("nobody")).doesNotExist();
  }

  @Test
  void whoeverAsksSaysWho() {
    for (String address : ALL) {
      ask(address, "{}").statusCode(400).body("code", equalTo("bad-field")).body("detail", containsString("by is missing"));
      ask(address, "{\"by\": \" \", \"speed\": \"refit\"}").statusCode(400).body("detail", containsString("by is missing"));
      ask(address, "").statusCode(400).body("code", equalTo("bad-field")).body("detail", containsString("has no body"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"by\": \"ann\"}", "{\"by\": \"ann\", \"speed\": \"fast\"}", "{\"by\": \"ann\", \"speed\": \"REFIT\"}"})
  void aSpeedIsOneOfTwo(String body) {
    ask("run", body).statusCode(400).body("code", equalTo("bad-field")).body("detail", containsString("Use refit or fine-tune"));
  }

  @Test
  void whatCannotBeDoneIsRefusedWithTheReason() {
    for (String speed : new String[] {"refit", "fine-tune"}) {
      ask("run", "{\"by\": \"ann\", \"speed\": \"" + speed + "\"}").statusCode(409).body("code", equalTo("learning-refused")).body("detail", containsString("has no model"));
    }
    ask("cancel", "{\"by\": \"ann\"}").statusCode(409).body("code", equalTo("learning-refused")).body("detail", containsString("nothing to cancel"));
    ask("candidate/promote", "{\"by\": \"ann\"}").statusCode(409).body("code", equalTo("learning-refused")).body("detail", containsString("no candidate"));
    ask("candidate/discard", "{\"by\": \"ann\"}").statusCode(409).body("code", equalTo("learning-refused")).body("detail", containsString("no candidate"));
  }

  @Test
  void aPauseNamesWhoPausedUntilItIsResumed() {
    ask("pause?recipe=paused", "{\"by\": \"ann\"}").statusCode(200).body("pausedBy", equalTo("ann")).body("hindrances", hasItem("paused"));
    when().get("/api/learning?recipe=paused").then().body("pausedBy", equalTo("ann"));
    when().get("/api/learning?recipe=other").then().body("pausedBy", nullValue());
    ask("resume?recipe=paused", "{\"by\": \"bob\"}").statusCode(200).body("pausedBy", nullValue());
  }

  @Test
  void aNameThatWouldLeaveTheDataFolderIsRefused() {
    when().get("/api/learning?recipe=../x").then().statusCode(400).body("code", equalTo("bad-field"));
    ask("run?recipe=../x", "{\"by\": \"ann\", \"speed\": \"refit\"}").statusCode(400).body("code", equalTo("bad-field"));
  }
}
