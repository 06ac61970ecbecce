package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.storage.ChosenRecipe;
import io.kerf.storage.DataFolder;
import io.kerf.storage.DocumentFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeCommandTest {
  @TempDir
  private Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private DataFolder data;

  @BeforeEach
  void station() throws IOException {
    System.setProperty("kerf.data", temp.resolve("data").toString());
    data = new DataFolder(temp.resolve("data"));
    new DocumentFolder(data.document()).commit("schema: 1\nrecipes:\n  flange: {title: Flange 40, number: 4}\n  cover: {}\n", "ann", "", Instant.EPOCH);
    Files.createDirectories(data.recipe("flange").resolve("normals"));
    Files.createDirectories(data.recipe("bottle"));
  }

  @AfterEach
  void clearDataFolder() {
    System.clearProperty("kerf.data");
  }

  private int recipe(String... arguments) {
    out.getBuffer().setLength(0);
    String[] all = new String[arguments.length + 1];
    all[0] = "recipe";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return KerfMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
  }

  @Test
  void listsThoseOfTheDocumentAndThoseWithAFolder() {
    assertThat(recipe("list")).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " "))).containsExactly("* flange 4 no model 0 normals, 0 golden Flange 40", " cover - no model 0 normals, 0 golden",
        " bottle - no model 0 normals, 0 golden");
  }

  @Test
  void aChoiceIsKeptForTheStation() {
    assertThat(recipe("use", "bottle")).isZero();
    assertThat(ChosenRecipe.read(data.chosenRecipe()).orElseThrow().recipe()).isEqualTo("bottle");
    assertThat(recipe("list")).isZero();
    assertThat(out.toString()).contains("* bottle");
    assertThat(recipe("use", "none")).isEqualTo(2);
    assertThat(err.toString()).contains("[recipe-not-found]").contains("flange, cover, bottle");
  }

  @Test
  void aRecipeIsCopiedExportedImportedAndRemovedAndItsSectionPrinted() {
    String file = temp.resolve("flange.zip").toString();
    assertThat(recipe("copy", "flange", "flange-b")).isZero();
    assertThat(out.toString()).isEqualTo("recipes:\n  flange-b:\n    title: \"Flange 40\"\n    number: 4\n");
    assertThat(recipe("export", "flange", file)).isZero();
    assertThat(recipe("export", "flange", file)).as("nothing is written over").isEqualTo(2);
    assertThat(recipe("import", file, "--name", "flange-c")).isZero();
    assertThat(out.toString()).isEqualTo("recipes:\n  flange-c:\n    title: \"Flange 40\"\n    number: 4\n");
    assertThat(recipe("import", file)).isEqualTo(2);
    assertThat(err.toString()).contains("[recipe-exists]");
    assertThat(data.recipes()).containsExactly("bottle", "flange", "flange-b", "flange-c");
    assertThat(recipe("remove", "flange-b")).isZero();
    assertThat(recipe("remove", "flange")).as("in use").isEqualTo(2);
    assertThat(data.recipes()).containsExactly("bottle", "flange", "flange-c");
  }
}
