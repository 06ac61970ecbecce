package io.kerf.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.DocumentReader.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {
  private static Reading read(String text) {
    return DocumentReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static StationDocument good(String text) {
    Reading reading = read(text);
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) reading).document();
  }

  private static List<String> problems(String text) {
    Reading reading = read(text);
    assertThat(reading).isInstanceOf(Reading.Bad.class);
    return ((Reading.Bad) reading).problems().stream().map(DocumentProblem::toString).toList();
  }

  @Test
  void aDocumentOfNothingButItsFormIsTheDefaults() {
    assertThat(good("schema: 1")).isEqualTo(StationDocument.EMPTY);
    assertThat(StationDocument.EMPTY.recipes()).containsOnlyKeys("default");
    assertThat(StationDocument.EMPTY.firstRecipe()).isEqualTo("default");
  }

  @Test
  void everySectionIsRead() {
    StationDocument document = good("""
        schema: 1
        station: {id: press-4, name: "Press 4", shifts: ["06:00", "14:00", "22:00"]}
        recipes:
          flange:
            title: Flange 40
            number: 7
            part-ids: "F-.*"
            false-rejects: 0.01
            region: {x: 0.1, y: 0.2, width: 0.5, height: 0.6}
            checks: {min-brightness: 0.1, max-brightness: 0.9}
            model: {promotion: by-hand, watched-parts: 50}
            learning: {schedule: "0 3 * * *", budget: 10m, least-free: 3G}
            collecting: {enabled: false}
          washer:
        start-with: washer
        retention: {ok-share: 0.05, recent: 2h, max-bytes: 10G, max-age: 30d, max-records: 1000}
        learning: {window: "22:00-05:30", hottest-celsius: 80}
        collecting: {max-count: 100, max-bytes: 4096}
        people: {open-viewing: false}
        """);
    assertThat(document.station()).isEqualTo(new StationSection("press-4", Optional.of("Press 4"), List.of(LocalTime.of(6, 0), LocalTime.of(14, 0), LocalTime.of(22, 0))));
    assertThat(document.recipes()).containsOnlyKeys("flange", "washer");
    assertThat(document.firstRecipe()).isEqualTo("washer");
    RecipeSection flange = document.recipes().get("flange");
    assertThat(flange.number()).isEqualTo(OptionalInt.of(7));
    assertThat(flange.falseRejects()).isEqualTo(OptionalDouble.of(0.01));
    assertThat(flange.region()).contains(new RecipeSection.RegionSection(0.1, 0.2, 0.5, 0.6));
    assertThat(flange.model().promotion()).contains(RecipeSection.Promotion.BY_HAND);
    assertThat(flange.learning().budget()).contains(Duration.ofMinutes(10));
    assertThat(flange.learning().leastFree()).isEqualTo(OptionalLong.of(3L << 30));
    assertThat(flange.collecting().enabled()).contains(false);
    assertThat(document.retention().maxBytes()).isEqualTo(OptionalLong.of(10L << 30));
    assertThat(document.retention().maxRecords()).isEqualTo(OptionalLong.of(1000));
    assertThat(document.collecting().maxBytes()).isEqualTo(OptionalLong.of(4096));
    assertThat(document.people().openViewing()).contains(false);
  }

  @Test
  void jsonIsReadAsYamlIs() {
    assertThat(good("{\"schema\": 1, \"station\": {\"id\": \"a\"}}").station().id()).isEqualTo("a");
  }

  @Test
  void anUnknownKeyIsToldWithItsPathItsLineAndTheNearestThatIsKnown() {
    assertThat(problems("""
        schema: 1
        recipes:
          flange:
            fals-rejects: 0.01
        """)).containsExactly("line 4: recipes.flange.fals-rejects: is not a key that is known; did you mean false-rejects?");
    assertThat(problems("schema: 1\ncolour: blue\n").get(0)).startsWith("line 2: colour: is not a key that is known; known here: schema, station, recipes");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(problems("""
        station: {id: "Press 4"}
        recipes:
          flange: {false-rejects: 1.5, number: 70000}
          washer: {model: {promotion: maybe}}
        retention: {max-age: forever, max-bytes: 10 GB}
        """)).containsExactlyInAnyOrder(
        "schema: is missing",
        "line 1: station.id: is \"Press 4\" but must be 1 to 64 lower-case letters, digits and hyphens, not starting with a hyphen",
        "line 3: recipes.flange.false-rejects: is 1.5 but must be a share between 0 and 1, such as 0.01 for 1 %",
        "line 3: recipes.flange.number: is 70000 but must be 1 to 65535",
        "line 4: recipes.washer.model.promotion: is \"maybe\" but must be one of automatic, by-hand",
        "line 5: retention.max-age: is \"forever\" but must be a time such as 500ms, 5s, 10m, 2h or 30d",
        "line 5: retention.max-bytes: is \"10 GB\" but must be a size such as 64M or 2G");
  }

  @Test
  void valuesThatDoNotGoTogetherAreToldAtOnce() {
    assertThat(problems("""
        schema: 1
        station: {shifts: ["14:00", "06:00"]}
        recipes:
          a: {number: 1, part-ids: "(", region: {x: 0.6, y: 0, width: 0.5, height: 1}}
          b: {number: 1, checks: {min-brightness: 0.9, max-brightness: 0.1}, learning: {schedule: daily}}
        start-with: c
        """)).containsExactlyInAnyOrder(
        "line 2: station.shifts.1: is 06:00 but must be later than the shift before, which begins at 14:00",
        "line 4: recipes.a.part-ids: is \"(\" but must be a regular expression: missing closing ) (()",
        "line 4: recipes.a.region: has x 0.6, y 0.0, width 0.5 and height 1.0, which lies beyond the image; x + width and y + height are at most 1",
        "line 5: recipes.b.number: is 1, as that of recipe a; a PLC could not tell them apart",
        "line 5: recipes.b.checks.min-brightness: is 0.9, which is above max-brightness, so that no image could be judged",
        "line 5: recipes.b.learning.schedule: is \"daily\" but must be off, or minute, hour, day of month, month and day of week, such as 0 2 * * *",
        "line 6: start-with: is c, which is no recipe of this document: a, b");
  }

  @Test
  void aNameThatIsNotValidIsTold() {
    assertThat(problems("schema: 1\nrecipes:\n  \"../x\": {}\n")).singleElement().asString().contains("recipes.../x: is not a name; names are 1 to 63 lower-case letters");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "a: [1 | is not YAML",
      "'a: 1\na: 2' | Duplicate field",
      "- 1 | is a list but must be a value of type object",
      "'a: &x [1]\nb: *y' | undefined alias",
      "hello | is \"hello\" but must be a value of type object",
  })
  void whatIsNoDocumentIsRefusedWithTheReason(String text, String reason) {
    assertThat(problems(text)).singleElement().asString().contains(reason);
  }

  @Test
  void limitsHoldBeforeAnythingIsBuilt() {
    assertThat(problems("#".repeat(DocumentReader.MAX_BYTES + 1))).singleElement().asString().contains("must have at most 262144");
    assertThat(problems("a: " + "[".repeat(40) + "]".repeat(40))).singleElement().asString().contains("Nesting Depth exceeded max 10");
    StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      laughs.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
    }
    assertThat(problems(laughs.toString())).singleElement().asString().contains("not YAML");
    assertThat(((Reading.Bad) DocumentReader.read(new byte[] {(byte) 0xff, 'a'})).problems()).singleElement().asString().contains("UTF-8");
  }
}
