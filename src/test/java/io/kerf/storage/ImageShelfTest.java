package io.kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageShelfTest {
  @TempDir
  private Path folder;

  record Note(String text) {}

  private ImageShelf<Note> open() throws Exception {
    return ImageShelf.open(folder.resolve("shelf"), Note.class);
  }

  @Test
  void anImageOutlivesTheShelfThatKeptIt() throws Exception {
    open().put("a-1", "png", new byte[] {1, 2}, new Note("first"));
    ImageShelf<Note> shelf = open();
    assertThat(shelf.items()).hasSize(1);
    assertThat(shelf.item("a-1").orElseThrow().note()).isEqualTo(new Note("first"));
    assertThat(shelf.image("a-1")).hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2));
    assertThat(shelf.image("b")).isEmpty();
  }

  @Test
  void puttingAgainReplacesTheNoteAlone() throws Exception {
    ImageShelf<Note> shelf = open();
    shelf.put("a", "png", new byte[] {1, 2}, new Note("first"));
    shelf.put("a", "jpg", new byte[] {9}, new Note("second"));
    assertThat(open().item("a").orElseThrow().note()).isEqualTo(new Note("second"));
    assertThat(open().image("a")).hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2));
    assertThat(shelf.note("b", new Note("x"))).isEmpty();
    assertThat(shelf.remove("a")).isTrue();
    assertThat(shelf.remove("a")).isFalse();
    assertThat(open().items()).isEmpty();
  }

  @Test
  void namesThatLeaveTheFolderOrHideAreRefused() throws Exception {
    ImageShelf<Note> shelf = open();
    for (String id : new String[] {"..", "../a", "a/b", "A", ".a", "", "a\0", "x".repeat(65)}) {
      assertThatThrownBy(() -> shelf.put(id, "png", new byte[1], new Note(""))).as(id)
          .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_FIELD));
    }
    assertThatThrownBy(() -> shelf.put("a", "json", new byte[1], new Note(""))).isInstanceOf(FaultException.class);
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void aWriteThatFailsLeavesNothingThatCounts() throws Exception {
    ImageShelf<Note> shelf = open();
    Files.createDirectory(folder.resolve("shelf/a.json"));
    Files.createFile(folder.resolve("shelf/a.json/in-the-way"));
    assertThatThrownBy(() -> shelf.put("a", "png", new byte[1], new Note(""))).isInstanceOf(FaultException.class);
    assertThat(shelf.items()).isEmpty();
    assertThat(open().items()).isEmpty();
    assertThat(folder.resolve("shelf/a.png")).doesNotExist();
  }
}
