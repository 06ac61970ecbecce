package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** What the models' addresses answer where there is no model; swaps of real ones are tested where they are made. */
@QuarkusTest
@TestProfile(WebProfile.class)
class ModelResourceTest {
  private static io.restassured.specification.RequestSpecification asked(String body) {
    return given().contentType("application/json").body(body);
  }

  @Test
  void aRecipeWithoutModelsHasAnEmptyList() {
    when().get("/api/models").then().statusCode(200).body("recipe", equalTo("default")).body("inUse", nullValue()).body("previous", nullValue()).body("items", empty());
    when().get("/api/models/history?recipe=other").then().statusCode(200).body("$", hasSize(0));
  }

  @Test
  void whatIsNotThereIsAProblemThatSaysSo() {
    when().get("/api/models/abc").then().statusCode(404).body("code", equalTo("bundle-not-found"));
    asked("{\"by\": \"ann\"}").post("/api/models/abc/activate").then().statusCode(404).body("code", equalTo("bundle-not-found"));
    asked("{\"by\": \"ann\"}").post("/api/models/rollback").then().statusCode(409).body("code", equalTo("no-previous-bundle"));
  }

  @Test
  void aChangeNamesWhoAsksForIt() {
    asked("{}").post("/api/models/rollback").then().statusCode(400).body("code", equalTo("bad-field")).body("detail", containsString("by is missing"));
    asked("").post("/api/models/rollback").then().statusCode(400).body("detail", containsString("has no body"));
    asked("{\"by\": \"a\\u0007b\"}").post("/api/models/rollback").then().statusCode(400).body("detail", containsString("by is not valid"));
    asked("{\"by\": ").post("/api/models/rollback").then().statusCode(400).body("code", equalTo("bad-field"));
  }

  @Test
  void aNameThatWouldLeaveTheDataFolderIsRefused() {
    when().get("/api/models?recipe=../x").then().statusCode(400).body("code", equalTo("bad-field"));
    asked("{\"by\": \"ann\"}").post("/api/models/rollback?recipe=../x").then().statusCode(400).body("code", equalTo("bad-field"));
    when().get("/api/models/..%2f..%2fx").then().statusCode(404);
  }
}
