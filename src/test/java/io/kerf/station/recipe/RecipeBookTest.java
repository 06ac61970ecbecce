package io.kerf.station.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.config.document.DocumentReader;
import io.kerf.config.document.StationDocument;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.station.document.InForce;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.storage.ChosenRecipe;
import io.kerf.storage.DocumentFolder.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeBookTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TWO = """
      schema: 1
      recipes:
        flange: {number: 4, title: Flange 40, part-ids: "F40-.*"}
        cover: {number: 7, part-ids: "F4.*|C-.*"}
      start-with: cover
      """;

  @TempDir
  private Path folder;
  private final List<Changed> told = new ArrayList<>();
  private final List<String> prepared = new ArrayList<>();
  private List<String> folders = new ArrayList<>();
  private Optional<String> objection = Optional.empty();

  private RecipeBook book(String text) {
    RecipeBook book = new RecipeBook(file(), () -> folders, recipe -> {
      prepared.add(recipe);
      return objection;
    }, Clock.fixed(NOW, ZoneOffset.UTC), told::add);
    book.open(document(text));
    return book;
  }

  private Path file() {
    return folder.resolve("recipe.json");
  }

  private static InForce document(String text) {
    StationDocument document = ((DocumentReader.Reading.Good) DocumentReader.read(text.getBytes(StandardCharsets.UTF_8))).document();
    return new InForce(Optional.of(new Version(1, "d".repeat(64), WRITTEN, "ann", "", text)), document);
  }

  private static String forPart(RecipeBook book, String partId) {
    return book.forPart(Optional.empty(), Optional.ofNullable(partId));
  }

  @Test
  void aPartIsOfTheRecipeThatIsAskedForElseTheFirstThatItsIdFitsElseTheOneInUse() {
    RecipeBook book = book(TWO);
    assertThat(book.forPart(Optional.of("other"), Optional.of("F40-1"))).isEqualTo("other");
    assertThat(forPart(book, "F40-1")).as("both fit, the first counts").isEqualTo("flange");
    assertThat(forPart(book, "F41-1")).isEqualTo("cover");
    assertThat(forPart(book, "X-1")).isEqualTo("cover");
    assertThat(forPart(book, null)).isEqualTo("cover");
    book.use("flange", "bob");
    assertThat(forPart(book, "X-1")).isEqualTo("flange");
    assertThat(forPart(book, "C-1")).isEqualTo("cover");
    assertThatThrownBy(() -> book.forPart(Optional.of("../x"), Optional.empty())).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_FIELD));
  }

  @Test
  void untilSomebodyChoosesTheDocumentsFirstIsInUse() {
    RecipeBook book = book(TWO);
    assertThat(book.present()).isEqualTo(new RecipeBook.InUse("cover", WRITTEN, "ann", false));
    assertThat(book.numberInUse()).isEqualTo(7);
    book.follow(document(TWO.replace("start-with: cover", "start-with: flange")));
    assertThat(book.inUse()).isEqualTo("flange");
    assertThat(told).singleElement().satisfies(changed -> {
      assertThat(changed.action()).isEqualTo(Action.RECIPE_CHANGED);
      assertThat(changed.recipe() + " instead of " + changed.subject() + " by " + changed.by()).isEqualTo("flange instead of cover by ann");
    });
    book.follow(document("schema: 1\n"));
    assertThat(book.inUse()).isEqualTo("default");
    assertThat(book.numberInUse()).isZero();
  }

  @Test
  void whatWasChosenIsLoadedFirstKeptAndSurvivesARestartAndANewDocument() {
    RecipeBook book = book(TWO);
    assertThat(book.use("flange", "bob")).isEqualTo(new RecipeBook.Used(new RecipeBook.InUse("flange", NOW, "bob", true), true, Optional.empty()));
    assertThat(prepared).containsExactly("flange");
    assertThat(told).containsExactly(new Changed(NOW, "bob", Action.RECIPE_CHANGED, "flange", "cover", ""));
    assertThat(book.use("flange", "cid").changed()).isFalse();
    assertThat(book.present().by()).as("since when bob chose it").isEqualTo("bob");

    RecipeBook restarted = book(TWO);
    assertThat(restarted.present()).isEqualTo(book.present());
    assertThat(told).as("a start is no change").hasSize(1);
    restarted.follow(document("schema: 1\nrecipes: {a: {}, flange: {}}\n"));
    assertThat(restarted.inUse()).isEqualTo("flange");
  }

  @Test
  void aPlcChoosesByNumber() {
    RecipeBook book = book(TWO);
    book.useNumber(4, "plc");
    assertThat(book.inUse()).isEqualTo("flange");
    assertThat(book.numberInUse()).isEqualTo(4);
    for (int none : new int[] {0, 5, -4}) {
      assertThatThrownBy(() -> book.useNumber(none, "plc")).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.RECIPE_NOT_FOUND))
          .hasMessageContaining("flange stays in use");
    }
  }

  @Test
  void aRecipeThatThereIsNotIsRefusedAndOneWithAFolderAloneIsNot() {
    RecipeBook book = book(TWO);
    assertThatThrownBy(() -> book.use("bottle", "bob")).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.RECIPE_NOT_FOUND))
        .hasMessageContaining("flange, cover");
    assertThat(prepared).isEmpty();
    folders.add("bottle");
    book.use("bottle", "bob");
    assertThat(book.inUse()).isEqualTo("bottle");
    assertThat(book.names()).containsExactly("flange", "cover", "bottle");
  }

  @Test
  void aRecipeWithoutAUsableModelIsUsedAllTheSameAndSaysSo() {
    objection = Optional.of("The bundle is damaged.");
    RecipeBook book = book(TWO);
    assertThat(book.use("flange", "bob").objection()).isEqualTo(objection);
    assertThat(book.inUse()).isEqualTo("flange");
    assertThat(told.get(0).detail()).isEqualTo("The bundle is damaged.");
  }

  @Test
  void aChosenRecipeThatIsGoneGivesWayToTheFirst() {
    folders.add("bottle");
    RecipeBook book = book(TWO);
    book.use("bottle", "bob");
    folders.clear();
    book.follow(document(TWO));
    assertThat(book.inUse()).isEqualTo("cover");
    assertThat(told.get(1)).isEqualTo(new Changed(NOW, "document", Action.RECIPE_CHANGED, "cover", "bottle", "Recipe bottle is gone."));
    assertThat(file()).doesNotExist();
    new ChosenRecipe("bottle", NOW, "bob").write(file());
    assertThat(book(TWO).inUse()).as("at the start likewise").isEqualTo("cover");
    assertThat(told).hasSize(3);
  }

  @Test
  void whatAnotherProcessChoosesIsTakenUpItsModelFirst() {
    RecipeBook book = book(TWO);
    book.look();
    assertThat(prepared).isEmpty();
    new ChosenRecipe("flange", WRITTEN, "cid").write(file());
    book.look();
    assertThat(book.present()).isEqualTo(new RecipeBook.InUse("flange", WRITTEN, "cid", true));
    assertThat(prepared).containsExactly("flange");
    assertThat(told).containsExactly(new Changed(WRITTEN, "cid", Action.RECIPE_CHANGED, "flange", "cover", ""));
    book.look();
    assertThat(told).hasSize(1);
    new ChosenRecipe("bottle", WRITTEN, "cid").write(file());
    book.look();
    assertThat(book.inUse()).as("there is no bottle").isEqualTo("flange");
  }

  @Test
  void aDamagedFileCountsAsNoChoice() throws Exception {
    for (String damaged : List.of("", "null", "{}", "{\"recipe\": \"../x\", \"since\": \"2026-01-01T00:00:00Z\", \"by\": \"x\"}", "{\"recipe\"")) {
      Files.writeString(file(), damaged);
      assertThat(book(TWO).inUse()).as(damaged).isEqualTo("cover");
    }
  }

  @Test
  void aChoiceThatCannotBeKeptChangesNothing() throws Exception {
    RecipeBook book = book(TWO);
    Files.createDirectories(file().resolve("in-the-way"));
    assertThatThrownBy(() -> book.use("flange", "bob")).isInstanceOf(FaultException.class);
    assertThat(book.inUse()).isEqualTo("cover");
    assertThat(told).isEmpty();
  }
}
