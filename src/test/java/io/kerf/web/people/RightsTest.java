package io.kerf.web.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.kerf.web.people.Rights.Need;
import io.vertx.core.http.impl.HttpUtils;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of rights, said once more: a change of one that is no change of the other fails. */
class RightsTest {
  private static final Map<String, Need> EXPECTED = new TreeMap<>();

  static {
    Map.of(
        Need.OPEN, "GET /api/session, POST /api/session, POST /api/claim",
        Need.SOMEBODY, "DELETE /api/session, PUT /api/session/password",
        Need.VIEWER, "GET /api/station, GET /api/device, GET /api/events, GET /api/inspections, GET /api/inspections/latest, GET /api/inspections/{}, GET /api/inspections/{}/image, "
            + "GET /api/inspections/{}/heat-map, GET /api/inspections/{}/review, GET /api/normals, GET /api/normals/{}/image, GET /api/golden, GET /api/golden/{}/image, GET /api/models, "
            + "GET /api/models/{}, GET /api/models/history, GET /api/models/compare, GET /api/learning, GET /api/rescorings, GET /api/rescorings/{}, GET /api/audit, GET /api/audit/verify, GET /api/document/schema, "
            + "GET /api/fleet, GET /api/quality, GET /api/recipes, GET /api/sources, GET /api/outputs",
        Need.OPERATOR, "POST /api/inspections, POST /api/sources/{}/trigger, POST /api/recipes/{}/use, PUT /api/inspections/{}/review, DELETE /api/inspections/{}/review",
        Need.ENGINEER, "POST /api/models/{}/activate, POST /api/models/rollback, POST /api/learning/run, POST /api/learning/pause, POST /api/learning/resume, POST /api/learning/cancel, "
            + "POST /api/learning/candidate/promote, POST /api/learning/candidate/discard, POST /api/normals/{}/confirm, DELETE /api/normals/{}, DELETE /api/golden/{}, POST /api/rescorings, DELETE /api/rescorings/{}, GET /api/document, PUT /api/document, POST /api/document/check, "
            + "PUT /api/fleet/desired, PUT /api/fleet/trust, GET /api/document/history, GET /api/document/history/{}, "
            + "GET /api/inspections/export.csv, GET /api/inspections/export.zip, POST /api/inspections/{}/replay, POST /api/outputs/{}/test, "
            + "POST /api/recipes/{}/copy, GET /api/recipes/{}/export, POST /api/recipes/import, DELETE /api/recipes/{}",
        Need.ADMIN, "GET /api/people, POST /api/people, PUT /api/people/{}, DELETE /api/people/{}, GET /api/tokens, POST /api/tokens, DELETE /api/tokens/{}")
        .forEach((need, routes) -> Stream.of(routes.split(", ")).forEach(route -> EXPECTED.put(route, need)));
  }

  /** Every address that a class of the application answers at. */
  private static Stream<String> routes() {
    return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.kerf").stream()
        .filter(type -> type.isAnnotatedWith(Path.class)).flatMap(type -> type.getMethods().stream().flatMap(method -> routes(type, method)));
  }

  private static Stream<String> routes(JavaClass type, JavaMethod method) {
    String path = type.getAnnotationOfType(Path.class).value() + (method.isAnnotatedWith(Path.class) ? "/" + method.getAnnotationOfType(Path.class).value() : "");
    return method.getAnnotations().stream().filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
        .map(annotation -> annotation.getRawType().getSimpleName() + " " + path.replaceAll("/+", "/").replaceAll("\\{[^}]*}", "{}"));
  }

  private static Optional<Need> needed(String route, String part) {
    String[] methodAndPath = route.split(" ");
    return Rights.needed(methodAndPath[0], methodAndPath[1].replace("{}", part));
  }

  @Test
  void everyAddressOfTheApplicationIsInTheTableAndInThisTest() {
    assertThat(routes()).isNotEmpty().containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
    assertThat(EXPECTED).allSatisfy((route, need) -> {
      for (String part : new String[] {"01a20aea-6103-73b9-b475-fa166c2d9271", "Ann%20Lee", "%E7%8E%8B", "a.b_c-d@e"}) {
        assertThat(needed(route, part)).as(route).contains(need);
      }
    });
  }

  @Test
  void headIsLikeGetAndOptionsOnlyLooks() {
    assertThat(Rights.needed("HEAD", "/api/people")).contains(Need.ADMIN);
    assertThat(Rights.needed("HEAD", "/api/claim")).isEmpty();
    assertThat(Rights.needed("OPTIONS", "/api/people")).contains(Need.VIEWER);
    assertThat(Rights.needed("OPTIONS", "/api/nothing")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/, VIEWER", "/index.html, VIEWER", "/learning.html, VIEWER", "/people.html, VIEWER", "/login.html, OPEN", "/favicon.svg, OPEN", "/icons.svg, OPEN", "/css/kerf.css, OPEN",
      "/js/people/login.js, OPEN", "/webjars/uplot/1.6.30/dist/uPlot.iife.min.js, OPEN", "/q/health, OPEN", "/q/health/live, OPEN", "/q/metrics, VIEWER", "/q/openapi, VIEWER"})
  void pagesAndWhatTheServerItselfAnswersAreInTheTable(String path, Need need) {
    assertThat(Rights.needed("GET", path)).contains(need);
    assertThat(Rights.needed("POST", path)).isEmpty();
  }

  /** Whoever adds a file to the pages sees here whom it is for. */
  @Test
  void everyFileOfThePagesIsInTheTable() throws IOException {
    java.nio.file.Path root = java.nio.file.Path.of("src/main/resources/META-INF/resources");
    List<String> files;
    try (Stream<java.nio.file.Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).map(file -> "/" + root.relativize(file)).toList();
    }
    assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(Rights.needed("GET", file)).contains(file.endsWith(".html") && !file.equals("/login.html") ? Need.VIEWER : Need.OPEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/people;a=b", "/api;x/people", "/;/api/people", "/api/people%3Ba", "/api%2Fpeople", "/api%5Cpeople", "/api\\people", "/API/people", "/api/people%00", "/api/people/a/b",
      "/api/people/..", "/api/people/a%2Fb", "/api/people/%252F", "/js/..%2f..%2fapi/people", "/js/..", "/js/%2e%2e/api/people", "/q/dev-ui", "/q/dev", "/q/arc", "/q/info", "/q/health-ui", "/q",
      "/META-INF/x", "/kerf.db", "/webjars", "", "*", "api/people", "/api", "/login.html/x"})
  void whatIsNotInTheTableIsForNobody(String path) {
    assertThat(Rights.needed("GET", Rights.canonical(path))).isEmpty();
    assertThat(Rights.needed("DELETE", Rights.canonical(path))).isEmpty();
  }

  /** As the server spells them before anything answers. */
  @ParameterizedTest
  @ValueSource(strings = {"/api/people/", "//api//people//", "/./api/people", "/x/../api/people", "/%61pi/%70eople", "/api/people/.", "/api/people/x/..", "/js/../api/people"})
  void anotherSpellingNeedsTheSame(String path) {
    assertThat(Rights.needed("GET", Rights.canonical(HttpUtils.normalizePath(path)))).contains(Need.ADMIN);
  }
}
