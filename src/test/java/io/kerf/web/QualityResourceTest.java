package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WebProfile.class)
class QualityResourceTest {
  @Test
  void whatWasJudgedJustNowIsInTheLastBucket() {
    for (String image : new String[] {"ok", "ng", "dark"}) {
      given().contentType("image/png").body(image.getBytes()).post("/api/inspections?recipe=quality").then().statusCode(201);
    }
    when().get("/api/quality?recipe=quality&hours=1").then().statusCode(200).body("recipe", equalTo("quality")).body("bucketSeconds", equalTo(60)).body("promised", nullValue())
        .body("buckets.counts.ok.sum()", equalTo(1)).body("buckets.counts.ng.sum()", equalTo(1)).body("buckets.counts.unjudged.sum()", equalTo(1)).body("light", empty())
        .body("reviewed.ngGood", equalTo(0));
    when().get("/api/quality?recipe=never").then().statusCode(200).body("buckets", hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "169", "-1", "x", "99999999999999999999"})
  void aSpanThatMayNotBeIsRefused(String hours) {
    when().get("/api/quality?hours=" + hours).then().statusCode(400).body("code", equalTo("bad-field"));
  }

  @Test
  void theLongestSpanIsAnswered() {
    when().get("/api/quality?hours=" + QualityResource.MOST_HOURS).then().statusCode(200).body("bucketSeconds", equalTo(7200));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "8, 10", "24, 30", "48, 60", "168, 120"})
  void bucketsAreAsWideAsStillShowsAShape(int hours, int minutes) {
    assertThat(QualityResource.width(Duration.ofHours(hours))).isEqualTo(Duration.ofMinutes(minutes));
  }
}
