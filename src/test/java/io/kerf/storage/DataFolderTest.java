package io.kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
  @TempDir
  Path temp;

  @Test
  void openingMakesTheFolderAndLeavesNoProbe() throws IOException {
    try (DataFolder folder = new DataFolder(temp.resolve("a/b")).open(); Stream<Path> entries = Files.list(folder.root())) {
      assertThat(entries.map(entry -> entry.getFileName().toString())).containsExactlyInAnyOrder("evidence", "kerf.lock", "recipes", "staging");
    }
  }

  @Test
  void openingEmptiesStagingButFollowsNoLinkOutOfIt() throws IOException {
    Path outside = Files.writeString(Files.createDirectory(temp.resolve("outside")).resolve("kept"), "kept");
    Path staging = Files.createDirectories(temp.resolve("data/staging"));
    Files.createDirectories(staging.resolve("candidate/deep"));
    Files.writeString(staging.resolve("candidate/deep/encoder.onnx"), "half");
    Files.createSymbolicLink(staging.resolve("link"), outside.getParent());
    try (DataFolder folder = new DataFolder(temp.resolve("data")).open()) {
      assertThat(folder.staging()).isEmptyDirectory();
      assertThat(outside).exists();
    }
  }

  @Test
  void aFolderThatCannotBeMadeSaysWhichForWhomAndWhatToDo() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertUnusable(() -> new DataFolder(file).open(), file.toString(), System.getProperty("user.name"), "there is a file of that name", "kerf.data");
    assertUnusable(() -> new DataFolder(file.resolve("data")).open(), file.resolve("data").toString(), "not a directory", "kerf.data");
  }

  @Test
  void aFolderInUseIsNotOpenedTwice() {
    DataFolder first = new DataFolder(temp).open();
    assertUnusable(() -> new DataFolder(temp).open(), "in use");
    first.close();
    new DataFolder(temp).open().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "a", "0", "bottle-33cl", "a-", "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0"})
  void aRecipeHasItsFolder(String recipe) {
    assertThat(new DataFolder(temp).models(recipe)).isEqualTo(temp.resolve("recipes").resolve(recipe).resolve("models"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "A", "a b", "..", "../a", "a/b", "a\\b", "a\n", "ä", "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz01"})
  void aNameThatCouldLeadElsewhereIsNoRecipe(String recipe) {
    assertThatThrownBy(() -> new DataFolder(temp).models(recipe))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_FIELD));
  }

  private static void assertUnusable(ThrowingCallable opening, String... words) {
    assertThatThrownBy(opening).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.DATA_FOLDER_UNUSABLE);
      assertThat(e.detail()).contains(words).doesNotContain("Exception", "\n");
    });
  }
}
