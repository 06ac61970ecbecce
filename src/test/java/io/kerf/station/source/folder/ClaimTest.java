package io.kerf.station.source.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {
  private static final String ID = "01a20aea-6103-73b9-b475-fa166c2d9271";

  @TempDir
  private Path folder;

  @Test
  void theLastClaimIsReadBackByWhoeverStartsNext() throws Exception {
    Path file = folder.resolve("sources/inbox.claim");
    Claim claim = new Claim(ID, "ü\n\"\\".repeat(60), 123, 456);
    try (Claim.Book book = Claim.Book.open(file)) {
      assertThat(book.read()).isEmpty();
      book.write(new Claim(ID, "x".repeat(255), 1, 2));
      book.write(claim);
    }
    try (Claim.Book book = Claim.Book.open(file)) {
      assertThat(book.read()).hasValue(claim);
      book.clear();
      assertThat(book.read()).isEmpty();
    }
  }

  @Test
  void theFileNeverGrowsSoThatAFullDiskKeepsNoPartFromBeingJudged() throws Exception {
    Path file = folder.resolve("inbox.claim");
    try (Claim.Book book = Claim.Book.open(file)) {
      long before = Files.size(file);
      book.write(new Claim(ID, "\u0001".repeat(255), Long.MAX_VALUE, Long.MIN_VALUE));
      assertThat(Files.size(file)).isEqualTo(before);
      assertThat(book.read()).isPresent();
    }
  }

  @Test
  void whatIsNoClaimIsNone() throws Exception {
    Path file = folder.resolve("inbox.claim");
    for (String text : new String[] {"{", "{}", "[1]", "{\"id\": \"../x\", \"name\": \"a\", \"size\": 1, \"modifiedMillis\": 1}"}) {
      Files.writeString(file, text + " ".repeat(4096 - text.length()));
      try (Claim.Book book = Claim.Book.open(file)) {
        assertThat(book.read()).as(text).isEmpty();
      }
    }
  }
}
