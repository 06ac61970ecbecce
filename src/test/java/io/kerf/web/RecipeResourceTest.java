package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.kerf.storage.DataFolder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recipes without models at the station's addresses; those with models are tested where they are held, and in the packaged station. */
@QuarkusTest
@TestProfile(WebProfile.class)
class RecipeResourceTest {
  private static final String TWO = """
      schema: 1
      recipes:
        flange: {number: 4, title: Flange 40, part-ids: "F40-.*", false-rejects: 0.01}
        cover: {}
      """;

  @Inject
  DataFolder data;

  @BeforeEach
  void twoRecipes() throws IOException {
    put(TWO);
    Files.createDirectories(data.recipe("bottle"));
  }

  @AfterEach
  void asBefore() {
    put("schema: 1\n");
    use("default").statusCode(200);
  }

  private static void put(String text) {
    given().contentType("application/yaml").body(text.getBytes()).put("/api/document?by=test").then().statusCode(200);
  }

  private static io.restassured.specification.RequestSpecification asked(String body) {
    return given().contentType("application/json").body(body);
  }

  private static ValidatableResponse use(String recipe) {
    return asked("{\"by\": \"Ann\"}").post("/api/recipes/" + recipe + "/use").then();
  }

  private static String recipeOf(String query) {
    return given().contentType("image/png").body("ok".getBytes()).post("/api/inspections" + query).then().statusCode(201).extract().path("recipe");
  }

  @Test
  void aChangeHoldsFromTheNextPartOnAndIsOnRecord() {
    use("cover").statusCode(200);
    assertThat(recipeOf("")).isEqualTo("cover");
    use("flange").statusCode(200).body("inUse", equalTo("flange"), "changed", equalTo(true), "by", equalTo("Ann"), "note", containsString("has no model"));
    use("flange").statusCode(200).body("changed", equalTo(false));
    assertThat(recipeOf("")).isEqualTo("flange");
    assertThat(recipeOf("?recipe=cover&partId=F40-1")).isEqualTo("cover");
    use("cover");
    assertThat(recipeOf("?partId=F40-1")).isEqualTo("flange");
    assertThat(recipeOf("?partId=X")).isEqualTo("cover");
    when().get("/api/audit?recipe=flange&limit=5").then().body("items.action", hasItem("recipe-changed"), "items.subject", hasItem("cover"));
    when().get("/api/recipes").then().statusCode(200).body("name", hasItem("bottle"), "[0].name", equalTo("flange"), "[0].title", equalTo("Flange 40"), "[0].number", equalTo(4),
        "[0].partIds", equalTo("F40-.*"), "[0].inUse", equalTo(false), "[0].since", nullValue(), "[1].inUse", equalTo(true), "[1].by", equalTo("Ann"), "[1].model", nullValue(),
        "find { it.name == 'bottle' }.named", equalTo(false));
  }

  @Test
  void whatCannotBeDoneIsAProblemAndChangesNothing() {
    use("cover").statusCode(200);
    use("none").statusCode(404).body("code", equalTo("recipe-not-found"));
    use("..%2fx").statusCode(400).body("code", equalTo("bad-field"));
    asked("{}").post("/api/recipes/flange/use").then().statusCode(400).body("detail", containsString("by is missing"));
    asked("{\"by\": \"Ann\"}").post("/api/recipes/bottle/copy").then().statusCode(400).body("detail", containsString("to is missing"));
    asked("{\"by\": \"Ann\", \"to\": \"bottle\"}").post("/api/recipes/bottle/copy").then().statusCode(409).body("code", equalTo("recipe-exists"));
    when().get("/api/recipes/none/export").then().statusCode(404).body("code", equalTo("recipe-not-found"));
    given().contentType("application/zip").body(new byte[] {1, 2, 3}).post("/api/recipes/import?by=Ann&name=x").then().statusCode(400).body("code", equalTo("recipe-file-invalid"));
    when().delete("/api/recipes/none?by=Ann").then().statusCode(404);
    assertThat(recipeOf("")).isEqualTo("cover");
  }

  @Test
  void aRecipeIsCopiedExportedImportedAndRemoved() throws IOException {
    Files.createDirectories(data.recipe("flange"));
    asked("{\"by\": \"Ann\", \"to\": \"flange-b\"}").post("/api/recipes/flange/copy").then().statusCode(201).body("name", equalTo("flange-b"), "normals", equalTo(0),
        "section", containsString("recipes:\n  flange-b:\n    number: 4"));
    byte[] file = when().get("/api/recipes/flange/export").then().statusCode(200).contentType("application/zip").header("Content-Disposition", containsString("flange.kerf-recipe.zip"))
        .extract().asByteArray();
    given().contentType("application/zip").body(file).post("/api/recipes/import?by=Ann&name=flange-c").then().statusCode(201)
        .body("name", equalTo("flange-c"), "section", containsString("false-rejects: 0.01"));
    given().contentType("application/zip").body(file).post("/api/recipes/import?by=Ann").then().statusCode(409).body("code", equalTo("recipe-exists"));
    for (String recipe : new String[] {"flange-b", "flange-c", "flange"}) {
      when().delete("/api/recipes/" + recipe + "?by=Ann").then().statusCode(recipe.equals("flange") && inUse().equals("flange") ? 409 : 204);
    }
    assertThat(data.recipe("flange-b")).doesNotExist();
    when().get("/api/audit?limit=20").then().body("items.action", hasItem("recipe-copied"), "items.action", hasItem("recipe-imported"), "items.action", hasItem("recipe-removed"));
  }

  private static String inUse() {
    return when().get("/api/recipes").path("find { it.inUse }.name");
  }

  @Test
  void theRecipeInUseIsNotRemoved() throws IOException {
    Files.createDirectories(data.recipe("cover"));
    use("cover").statusCode(200);
    when().delete("/api/recipes/cover?by=Ann").then().statusCode(409).body("code", equalTo("recipe-in-use"));
    assertThat(data.recipe("cover")).isDirectory();
  }

  @Test
  void aPinnedModelIsNotChangedByPeople() {
    put("schema: 1\nrecipes: {flange: {model: {pinned: \"" + "0".repeat(64) + "\"}}}\n");
    asked("{\"by\": \"Ann\"}").post("/api/models/rollback?recipe=flange").then().statusCode(409).body("code", equalTo("model-pinned"), "detail",
        containsString("recipes.flange.model.pinned"));
    asked("{\"by\": \"Ann\"}").post("/api/learning/candidate/promote?recipe=flange").then().statusCode(409).body("code", equalTo("model-pinned"));
    asked("{\"by\": \"Ann\"}").post("/api/models/rollback?recipe=cover").then().statusCode(409).body("code", equalTo("no-previous-bundle"));
  }
}
