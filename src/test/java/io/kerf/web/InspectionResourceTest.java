package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.kerf.storage.DataFolder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.builder.MultiPartSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WebProfile.class)
class InspectionResourceTest {
  @Inject
  DataFolder folder;

  @Test
  void anImageAsBodyIsJudgedAndRecorded() {
    ValidatableResponse answer = given().contentType("image/jpeg").body(bytes("ng bottle")).queryParam("partId", "SN-1").queryParam("lot", "W48")
        .queryParam("recipe", "bottle-33cl").post("/api/inspections").then().statusCode(201).contentType("application/json")
        .body("verdict", equalTo("NG")).body("partId", equalTo("SN-1")).body("lot", equalTo("W48")).body("recipe", equalTo("bottle-33cl"))
        .body("source", equalTo("http")).body("score", equalTo(99.25f)).body("pValue", equalTo(0.0125f)).body("oneIn", equalTo(80f))
        .body("threshold", equalTo(40f)).body("bundle", equalTo("sha256:b0b")).body("engine", equalTo("OnnxRuntime")).body("station", equalTo("press-4"))
        .body("document", equalTo("d0c")).body("images", equalTo("KEPT")).body("$", hasKey("reason")).body("reason", nullValue())
        .body("timings.encodeMillis", equalTo(2f)).body("timings.totalMillis", equalTo(10.5f));
    String id = answer.extract().path("id");
    answer.header("Location", endsWith("/api/inspections/" + id)).body("heatMap", equalTo("/api/inspections/" + id + "/heat-map"))
        .body("image", equalTo("/api/inspections/" + id + "/image"));
    assertThat(when().get("/api/inspections/" + id).then().statusCode(200).extract().asString()).isEqualTo(answer.extract().asString());
    when().get("/api/inspections/latest").then().statusCode(200).body("id", equalTo(id));
  }

  @Test
  void anImageInAFormIsJudgedWithItsFields() {
    given().multiPart("image", "part.png", bytes("ok part"), "image/png")
        .multiPart(new MultiPartSpecBuilder("Größe 7").controlName("partId").charset(StandardCharsets.UTF_8).build()).multiPart("recipe", "bottle")
        .post("/api/inspections").then().statusCode(201).body("verdict", equalTo("OK")).body("partId", equalTo("Größe 7"))
        .body("recipe", equalTo("bottle")).body("lot", nullValue());
  }

  @Test
  void withoutARecipeThePartIsOfTheDefaultOne() {
    judged("ok").body("recipe", equalTo("default")).body("partId", nullValue());
  }

  @Test
  void anImageThatCannotBeJudgedIsNoErrorButSaysWhy() {
    judged("dark").body("verdict", equalTo("UNJUDGED")).body("reason.code", equalTo("too-dark")).body("reason.message", containsString("light"))
        .body("score", nullValue()).body("oneIn", nullValue()).body("heatMap", nullValue()).body("image", not(nullValue()));
  }

  @Test
  void evidenceIsServedAsItCameForEver() {
    byte[] image = new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 7};
    String id = given().contentType("application/octet-stream").body(image).post("/api/inspections").path("id");
    byte[] served = when().get("/api/inspections/" + id + "/image").then().statusCode(200).contentType("image/jpeg")
        .header("X-Content-Type-Options", "nosniff").header("Cache-Control", containsString("immutable")).extract().asByteArray();
    assertThat(served).isEqualTo(image);
    byte[] heatMap = when().get("/api/inspections/" + id + "/heat-map").then().statusCode(200).contentType("image/png").extract().asByteArray();
    assertThat(heatMap).isEqualTo(FakeInspector.HEAT_MAP);
    String tag = when().get("/api/inspections/" + id + "/image").header("ETag");
    given().header("If-None-Match", tag).get("/api/inspections/" + id + "/image").then().statusCode(304);
  }

  @Test
  void sweptEvidenceIsNotFoundAndSaysSo() {
    String id = judged("ok").extract().path("id");
    deleteEvidence(id);
    problem(when().get("/api/inspections/" + id + "/image").then(), 404, "not-found").body("detail", containsString("swept"));
    problem(when().get("/api/inspections/" + id + "/heat-map").then(), 404, "not-found").body("detail", containsString("swept"));
    when().get("/api/inspections/" + id).then().statusCode(200).body("verdict", equalTo("OK")).body("images", equalTo("SWEPT")).body("image", nullValue())
        .body("heatMap", nullValue());
  }

  @Test
  void aPartThatWasNotJudgedHasNoHeatMap() {
    String id = judged("dark").extract().path("id");
    problem(when().get("/api/inspections/" + id + "/heat-map").then(), 404, "not-found").body("detail", containsString("UNJUDGED"));
  }

  @Test
  void pagesGoFromNewestToOldestWithoutGapOrRepeat() {
    List<String> ids = Stream.of("ok", "ng", "ok", "dark", "ng")
        .map(image -> given().contentType("image/png").body(bytes(image)).post("/api/inspections?recipe=pages").<String>path("id")).toList();
    JsonPath first = when().get("/api/inspections?recipe=pages&limit=3").jsonPath();
    JsonPath second = when().get("/api/inspections?recipe=pages&limit=3&before=" + first.getString("next")).jsonPath();
    assertThat(first.getList("items.id")).containsExactly(ids.get(4), ids.get(3), ids.get(2));
    assertThat(second.getList("items.id")).containsExactly(ids.get(1), ids.get(0));
    assertThat(second.getString("next")).isNull();
    assertThat(when().get("/api/inspections?recipe=pages&verdict=NG").jsonPath().getList("items.id")).containsExactly(ids.get(4), ids.get(1));
    when().get("/api/inspections/latest?recipe=pages").then().body("id", equalTo(ids.get(4)));
  }

  @Test
  void partsAreFoundByWhatIsKnownOfThem() {
    List<String> ids = Stream.of("ok", "ng", "dark").map(image -> given().contentType("image/png").body(bytes(image))
        .post("/api/inspections?recipe=search&partId=S-" + image + "&lot=W48").<String>path("id")).toList();
    assertThat(found("part=S-ng")).containsExactly(ids.get(1));
    assertThat(found("part=S-*&lot=W48")).containsExactly(ids.get(2), ids.get(1), ids.get(0));
    assertThat(found("part=S-*&verdict=NG,UNJUDGED")).containsExactly(ids.get(2), ids.get(1));
    assertThat(found("part=S-*&verdict=NG&verdict=OK")).containsExactly(ids.get(1), ids.get(0));
    assertThat(found("part=S-*&pValueTo=0.0125")).containsExactly(ids.get(1));
    assertThat(found("recipe=search&scoreFrom=12&scoreTo=13")).containsExactly(ids.get(0));
    assertThat(found("recipe=search&station=press-4&document=d0c&source=http&bundle=sha256:b0b")).containsExactly(ids.get(1), ids.get(0));
    assertThat(found("recipe=search&from=2001-01-01&until=2001-01-02")).isEmpty();
    JsonPath first = when().get("/api/inspections?recipe=search&from=2001-01-01&limit=2").jsonPath();
    assertThat(first.getList("items.id")).containsExactly(ids.get(2), ids.get(1));
    assertThat(found("recipe=search&from=2001-01-01&limit=2&before=" + first.getString("next"))).containsExactly(ids.get(0));
    given().contentType("application/json").body("{\"truth\": \"BAD\", \"by\": \"Ann\"}").put("/api/inspections/" + ids.get(1) + "/review");
    assertThat(found("recipe=search&reviewed=NONE")).containsExactly(ids.get(2), ids.get(0));
  }

  private static List<String> found(String query) {
    return when().get("/api/inspections?" + query).then().statusCode(200).extract().jsonPath().getList("items.id");
  }

  @Test
  void whatIsFoundIsTakenAwayAsATableOrAnArchive() {
    String id = given().contentType("image/png").body(bytes("ng")).queryParam("partId", "=1").post("/api/inspections?recipe=export").path("id");
    String csv = when().get("/api/inspections/export.csv?recipe=export").then().statusCode(200).contentType("text/csv")
        .header("Content-Disposition", containsString("kerf-inspections.csv")).extract().asString();
    assertThat(csv).hasLineCount(2).contains(id).contains(",\"'=1\",");
    byte[] zip = when().get("/api/inspections/export.zip?recipe=export&verdict=NG").then().statusCode(200).contentType("application/zip").extract().asByteArray();
    assertThat(new String(zip, StandardCharsets.ISO_8859_1)).startsWith("PK").contains("images/" + id).contains("heat-maps/" + id).contains("manifest.csv").contains("manifest.json");
    problem(when().get("/api/inspections/export.zip?verdict=PERHAPS").then(), 400, "bad-field");
  }

  /** WebProfile lets an archive hold three parts. */
  @Test
  void anArchiveOfTooManyPartsIsRefused() {
    for (int i = 0; i < 4; i++) {
      given().contentType("image/png").body(bytes("ok")).post("/api/inspections?recipe=too-many");
    }
    problem(when().get("/api/inspections/export.zip?recipe=too-many").then(), 413, "export-too-large");
    when().get("/api/inspections/export.csv?recipe=too-many").then().statusCode(200);
  }

  @Test
  void whatCannotBeReplayedIsAProblem() {
    problem(when().post("/api/inspections/" + judged("dark").extract().path("id") + "/replay").then(), 409, "nothing-to-replay");
    problem(when().post("/api/inspections/" + judged("ok").extract().path("id") + "/replay").then(), 404, "bundle-not-found");
    problem(when().post("/api/inspections/0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55/replay").then(), 404, "not-found");
    problem(when().post("/api/inspections/x/replay").then(), 404, "not-found");
  }

  @Test
  void garbageIsRefusedAndTheNextPartIsJudged() {
    refused(given().contentType("image/png").body(bytes("garbage")).post("/api/inspections").then(), 400, "not-an-image");
  }

  @Test
  void aRequestWithoutABodyIsRefused() throws Exception {
    refused(given().contentType("image/png").post("/api/inspections").then(), 400, "no-body");
    RawAnswer answer = RawHttp.send("POST /api/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("\"code\":\"no-body\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/json", "application/x-www-form-urlencoded", "nonsense"})
  void whatIsNoImageByItsTypeIsRefused(String type) throws Exception {
    RawAnswer answer = RawHttp.send("POST /api/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: 2\r\n\r\nok");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.text()).contains("application/problem+json", "\"code\":\"media-type-unsupported\"");
    judged("ok");
  }

  @Test
  void anImageAtTheLimitIsJudgedAndOneByteMoreIsRefused() {
    byte[] largest = new byte[WebProfile.MAX_IMAGE_BYTES];
    largest[0] = 'o';
    largest[1] = 'k';
    given().contentType("image/png").body(largest).post("/api/inspections").then().statusCode(201);
    given().multiPart("image", "a.png", largest, "image/png").post("/api/inspections").then().statusCode(201);
    byte[] larger = Arrays.copyOf(largest, largest.length + 1);
    refused(given().contentType("image/png").body(larger).post("/api/inspections").then(), 413, "image-too-large");
    refused(given().multiPart("image", "a.png", larger, "image/png").post("/api/inspections").then(), 413, "image-too-large");
  }

  @Test
  void aBodyOfUnknownLengthThatIsTooLargeIsRefused() throws Exception {
    String chunk = "2710\r\n" + "o".repeat(10_000) + "\r\n";
    RawAnswer answer = RawHttp.send("POST /api/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n"
        + chunk.repeat(11) + "0\r\n\r\n");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).contains("application/problem+json", "\"code\":\"image-too-large\"");
    judged("ok");
  }

  @Test
  void anAnnouncedBodyThatIsTooLargeIsRefusedBeforeItIsSent() throws Exception {
    RawAnswer answer = RawHttp.send("POST /api/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 999999999\r\n\r\n");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).contains("\"code\":\"image-too-large\"");
    judged("ok");
  }

  @Test
  void anUploadThatStallsIsCutOffAndLeavesItsPlace() throws Exception {
    String stalled = "POST /api/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nok";
    assertThat(RawHttp.send(stalled).text()).doesNotContain("verdict");
    assertThat(RawHttp.send(stalled).text()).doesNotContain("verdict");
    judged("ok");
  }

  @Test
  void anUploadThatBreaksOffLeavesItsPlace() throws Exception {
    for (int i = 0; i < 5; i++) {
      RawHttp.sendAndLeave("POST /api/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nok");
    }
    Awaiting.until(() -> given().contentType("image/png").body(bytes("ok")).post("/api/inspections").statusCode() == 201);
  }

  @Test
  void aFormThatEndsTooEarlyIsRefused() throws Exception {
    String body = "--cut\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nok but cut of";
    refused(form(body, "multipart/form-data; boundary=cut"), 400, "image-truncated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=other"})
  void aFormThatIsNoneIsRefused(String type) throws Exception {
    RawAnswer answer = RawHttp.send("POST /api/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
        + "\r\nContent-Length: 26\r\n\r\n--cut\r\nrubbish\r\n--cut--\r\n\r\n");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("application/problem+json").containsAnyOf("\"code\":\"bad-field\"", "\"code\":\"no-body\"", "image-truncated");
    judged("ok");
  }

  @Test
  void aFormWithoutAnImageIsRefused() {
    refused(given().multiPart("partId", "SN-1").post("/api/inspections").then(), 400, "no-body");
    refused(given().multiPart("image", "a.png", new byte[0], "image/png").post("/api/inspections").then(), 400, "no-body");
  }

  @Test
  void fieldsThatAreNotValidAreRefusedByName() {
    for (Map.Entry<String, String> field : Map.of("partId", "x".repeat(129), "lot", "line\nbreak", "recipe", "../../etc").entrySet()) {
      refused(given().contentType("image/png").body(bytes("ok")).queryParam(field.getKey(), field.getValue()).post("/api/inspections").then(), 400, "bad-field")
          .body("detail", containsString(field.getKey()));
      refused(given().multiPart("image", "a.png", bytes("ok"), "image/png").multiPart(field.getKey(), field.getValue()).post("/api/inspections").then(),
          400, "bad-field");
    }
    for (String query : List.of("limit=0", "limit=501", "limit=x", "before=../x", "recipe=A", "verdict=ok", "verdict=OK,", "before=5.0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55", "from=2026-11-24&before=0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55", "pValueTo=x", "reviewed=PERHAPS", "from=soon")) {
      refused(when().get("/api/inspections?" + query).then(), 400, "bad-field");
    }
  }

  @Test
  void aPartIdMayHave128Characters() {
    given().contentType("image/png").body(bytes("ok")).queryParam("partId", "x".repeat(128)).post("/api/inspections").then().statusCode(201);
  }

  @Test
  void whatDoesNotExistIsAProblemToo() {
    refused(when().get("/api/nothing").then(), 404, "not-found");
    refused(when().get("/api").then(), 404, "not-found");
    refused(when().get("/api/inspections/a/b/c").then(), 404, "not-found");
    refused(when().get("/api/inspections/..%2f..%2fkerf.db/image").then(), 404, "not-found");
    refused(when().get("/api/inspections/0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55").then(), 404, "not-found");
    refused(when().delete("/api/inspections").then(), 405, "method-not-allowed");
    refused(given().accept("application/xml").get("/api/station").then(), 406, "not-acceptable");
  }

  @Test
  void aFailureInsideTellsAnIncidentAndNothingElse() {
    refused(given().contentType("image/png").body(bytes("boom")).post("/api/inspections").then(), 500, "internal")
        .body("detail", containsString("incident")).body("detail", not(containsString("secret")));
  }

  private ValidatableResponse judged(String image) {
    return given().contentType("image/png").body(bytes(image)).post("/api/inspections").then().statusCode(201);
  }

  private static ValidatableResponse form(String body, String type) throws Exception {
    return given().config(RestAssured.config().encoderConfig(RestAssured.config().getEncoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false)
        .encodeContentTypeAs("multipart/form-data", ContentType.TEXT))).contentType(type).body(body).post("/api/inspections").then();
  }

  /** A problem with this code, after which the station judges on. */
  private ValidatableResponse refused(ValidatableResponse answer, int status, String code) {
    ValidatableResponse refused = problem(answer, status, code);
    judged("ok");
    return refused;
  }

  private static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
    return answer.statusCode(status).contentType("application/problem+json").body("code", equalTo(code)).body("status", equalTo(status))
        .body("type", equalTo("urn:kerf:fault:" + code)).body("title", not(nullValue())).body("detail", not(nullValue()))
        .body("instance", startsWith("/api"));
  }

  private void deleteEvidence(String id) {
    try (Stream<Path> files = Files.walk(folder.evidence())) {
      for (Path file : files.filter(path -> path.getFileName().toString().startsWith(id)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
