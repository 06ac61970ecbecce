package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import picocli.CommandLine;

class ConfigCommandTest {
  @TempDir
  private Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void setDataFolder() {
    System.setProperty("kerf.data", temp.resolve("data").toString());
  }

  @AfterEach
  void clearDataFolder() {
    System.clearProperty("kerf.data");
  }

  private int config(String... arguments) {
    return new CommandLine(new ConfigCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  private String file(String text) throws IOException {
    return Files.writeString(temp.resolve("my.yaml"), text).toString();
  }

  @Test
  void aGoodDocumentIsGood() throws IOException {
    assertThat(config("check", file("schema: 1\n"))).isZero();
    assertThat(out.toString()).contains("my.yaml: good");
  }

  @Test
  void everythingThatIsWrongIsSaidWithLineAndCode() throws IOException {
    assertThat(config("check", file("schema: 1\nstaton: {}\nretention: {max-age: long}\n"))).isEqualTo(2);
    assertThat(err.toString()).contains("my.yaml: line 2: staton: is not a key that is known; did you mean station? [unknown-key]")
        .contains("my.yaml: line 3: retention.max-age: is \"long\" but must be a time").contains("2 problems.");
  }

  @Test
  void aDocumentIsWrittenForTheStationToTakeUpUnlessItIsBad() throws IOException {
    assertThat(config("apply", file("schema: 1\nx: 1\n"))).isEqualTo(2);
    DocumentFolder folder = new DocumentFolder(temp.resolve("data/document"));
    assertThat(folder.file()).doesNotExist();
    assertThat(config("apply", file("schema: 1\n"))).isZero();
    assertThat(folder.file()).hasContent("schema: 1\n");
  }

  @Test
  void whatWouldChangeIsShown() throws IOException {
    new DocumentFolder(temp.resolve("data/document")).commit("schema: 1\nstation: {id: a}\n", "Ann", "why", Instant.EPOCH);
    assertThat(config("diff", file("schema: 1\nstation: {id: b}\n"))).isZero();
    assertThat(out.toString()).contains("-station: {id: a}").contains("+station: {id: b}");
    config("show");
    assertThat(out.toString()).endsWith("schema: 1\nstation: {id: a}\n");
    config("history");
    assertThat(out.toString()).contains("1  1970-01-01T00:00:00Z").contains("Ann  why");
  }
}
