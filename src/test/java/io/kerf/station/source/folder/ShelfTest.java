package io.kerf.station.source.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {
  @TempDir
  private Path folder;

  private Sight file(String name, String text, long modified) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
    return Sight.of(file, Files.readAttributes(file, BasicFileAttributes.class));
  }

  @Test
  void aNameThatIsTakenGetsAnotherAndNothingIsWrittenOver() throws Exception {
    Shelf shelf = new Shelf(folder.resolve("done"), 0);
    assertThat(shelf.take(file("a.png", "first", 1), "id1")).isTrue();
    assertThat(shelf.take(file("a.png", "second", 2), "id2")).isTrue();
    assertThat(folder.resolve("done/a.png")).hasContent("first");
    assertThat(folder.resolve("done/id2.png")).hasContent("second");
  }

  @Test
  void aFileThatChangedSinceItWasSeenIsAnotherAndStays() throws Exception {
    Shelf shelf = new Shelf(folder.resolve("done"), 0);
    Sight seen = file("a.png", "first", 1);
    file("a.png", "another", 2);
    assertThat(shelf.take(seen, "id")).isFalse();
    assertThat(Shelf.delete(seen)).isFalse();
    assertThat(folder.resolve("a.png")).hasContent("another");
  }

  @Test
  void aFileThatFailedHasATextBesideItThatSaysWhy() throws Exception {
    Shelf shelf = new Shelf(folder.resolve("failed"), 0);
    assertThat(shelf.take(file("a.png", "half", 1), "id", "image-truncated\nIt is cut short.\n")).isTrue();
    assertThat(folder.resolve("failed/a.png")).hasContent("half");
    assertThat(folder.resolve("failed/a.png.txt")).hasContent("image-truncated\nIt is cut short.");
  }

  @Test
  void theOldestGoWhereAllTakeMoreThanTheyMay() throws Exception {
    Shelf shelf = new Shelf(folder.resolve("done"), 25);
    for (int i = 0; i < 4; i++) {
      assertThat(shelf.take(file(i + ".png", "ten bytes.", i), "id")).isTrue();
    }
    assertThat(folder.resolve("done").toFile().list()).containsExactlyInAnyOrder("2.png", "3.png");
  }
}
