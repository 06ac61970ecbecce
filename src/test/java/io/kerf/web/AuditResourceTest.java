package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.training.normals.Origin;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.normals.Standing;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Each change that is asked for by HTTP is on record, and the record can be verified; swaps of real models are followed where they are made. */
@QuarkusTest
@TestProfile(WebProfile.class)
class AuditResourceTest {
  @Inject
  RecipeImages images;
  @Inject
  Event<Changed> changes;

  private void normal(String recipe, String id) {
    images.normals(recipe).add(id, Standing.PRESUMED, new byte[] {1, 2, 3}, "jpg",
        new Origin(Optional.empty(), Optional.empty(), OptionalDouble.empty(), Instant.EPOCH, "station"), new float[] {1, 2, 3});
  }

  private static JsonPath audit(String query) {
    return when().get("/api/audit?" + query).then().statusCode(200).extract().jsonPath();
  }

  @Test
  void aNormalThatIsConfirmedAndRemovedIsOnRecord() {
    normal("audit-normal", "n-1");
    given().contentType("application/json").body("{\"by\": \"ann\"}").post("/api/normals/n-1/confirm?recipe=audit-normal").then().statusCode(200)
        .body("standing", equalTo("CONFIRMED"));
    given().contentType("application/json").body("{\"by\": \"bob\"}").post("/api/normals/n-1/confirm?recipe=audit-normal").then().statusCode(200);
    when().delete("/api/normals/n-1?recipe=audit-normal").then().statusCode(400);
    when().delete("/api/normals/n-1?recipe=audit-normal&by=cid").then().statusCode(204);
    JsonPath audit = audit("recipe=audit-normal");
    assertThat(audit.getList("items.action")).as("what changed nothing, or was refused, is no change").containsExactly("normal-removed", "normal-confirmed");
    assertThat(audit.getList("items.by")).containsExactly("cid", "ann");
    assertThat(audit.getList("items.subject")).containsExactly("n-1", "n-1");
    assertThat(audit.getList("items.detail")).containsExactly("was CONFIRMED", null);
    intact();
  }

  @Test
  void aWordOnAPartAndTakingItBackAreOnRecord() throws Exception {
    String id = ReviewResourceTest.judged("audit-review");
    ReviewResourceTest.say(id, "GOOD", "ann").statusCode(200);
    ReviewResourceTest.say(id, "FINE", "ann").statusCode(400);
    when().delete("/api/inspections/" + id + "/review").then().statusCode(400);
    when().delete("/api/inspections/" + id + "/review?by=Bob Roe").then().statusCode(200);
    when().delete("/api/inspections/" + id + "/review?by=bob").then().statusCode(404);
    JsonPath audit = audit("recipe=audit-review");
    assertThat(audit.getList("items.action")).containsExactly("review-taken-back", "review-said");
    assertThat(audit.getList("items.by")).containsExactly("Bob Roe", "ann");
    assertThat(audit.getList("items.subject")).containsExactly(id, id);
    assertThat(audit.getList("items.detail")).containsExactly("GOOD said by ann", "GOOD");
    intact();
  }

  @Test
  void pagesGoBackAndEveryEntryFollowsTheOneBefore() {
    for (int i = 1; i <= 5; i++) {
      changes.fire(new Changed(Instant.EPOCH.plusSeconds(i), "station", Action.MODEL_SENT_BACK, "audit-pages", "digest" + i, "reason"));
    }
    JsonPath newest = audit("recipe=audit-pages&limit=3");
    assertThat(newest.getList("items.subject")).containsExactly("digest5", "digest4", "digest3");
    JsonPath oldest = audit("recipe=audit-pages&limit=3&before=" + newest.getLong("next"));
    assertThat(oldest.getList("items.subject")).containsExactly("digest2", "digest1");
    assertThat((Object) oldest.get("next")).isNull();
    List<String> previous = newest.getList("items.previous");
    List<String> hashes = newest.getList("items.hash");
    assertThat(previous.get(0)).isEqualTo(hashes.get(1));
    when().get("/api/audit?limit=501").then().statusCode(400).body("code", equalTo("bad-field"));
    when().get("/api/audit?before=x").then().statusCode(400).body("detail", containsString("before is not valid"));
    when().get("/api/audit?recipe=../x").then().statusCode(400);
  }

  @Test
  void aHeadThatWasKeptIsLookedFor() {
    changes.fire(new Changed(Instant.EPOCH, "ann", Action.MODEL_ACTIVATED, "", "digest", ""));
    String head = intact().getString("head");
    changes.fire(new Changed(Instant.EPOCH, "ann", Action.MODEL_ACTIVATED, "", "digest", ""));
    when().get("/api/audit/verify?head=" + head).then().statusCode(200).body("intact", equalTo(true));
    when().get("/api/audit/verify?head=" + "f".repeat(64)).then().statusCode(200).body("intact", equalTo(false)).body("problem", equalTo("HEAD_MISSING"))
        .body("brokenAt", nullValue());
    when().get("/api/audit/verify?head=f").then().statusCode(400).body("code", equalTo("bad-field"));
    when().get("/q/metrics").then().statusCode(200).body(containsString("kerf_audit_lost_total"));
  }

  private static JsonPath intact() {
    return when().get("/api/audit/verify").then().statusCode(200).body("intact", equalTo(true)).body("problem", nullValue()).body("lost", equalTo(0)).extract().jsonPath();
  }
}
