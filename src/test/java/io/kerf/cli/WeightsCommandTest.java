package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.encoder.ResNet18Weights;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Sha256;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WeightsCommandTest {
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

  private int kerf(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = KerfMain.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void addPrintsThePathAloneAndListShowsIt() throws Exception {
    Path source = Files.write(temp.resolve("theirs.safetensors"), Safetensors.write(ResNet18Weights.withClassifier(), Map.of()));
    String digest = Sha256.of(source);
    assertThat(kerf("weights", "list")).isZero();
    assertThat(out.toString()).contains("No weights in " + temp.resolve("data/weights"), "kerf weights add");

    String stored = temp.resolve("data/weights/mine.safetensors").toString();
    assertThat(kerf("weights", "add", source.toString(), "--sha256", digest, "--name", "mine")).as(err.toString()).isZero();
    assertThat(out.toString().lines()).containsExactly(stored);
    assertThat(kerf("weights", "add", source.toString(), "--sha256", digest, "--name", "mine")).isZero();
    assertThat(out.toString().lines()).containsExactly(stored);
    assertThat(err.toString()).contains("here already");

    assertThat(kerf("weights", "list")).isZero();
    assertThat(out.toString()).startsWith("mine ").contains(" MB  " + digest + "  " + stored);
  }

  @Test
  void aRefusalIsOneLineWithItsCodeAndPrintsNoPath() throws Exception {
    Path source = Files.writeString(temp.resolve("page.safetensors"), "<html>");
    assertThat(kerf("weights", "add", source.toString(), "--sha256", "0".repeat(64))).isEqualTo(2);
    assertThat(err.toString()).contains("[weights-digest-mismatch]", Sha256.of(source));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void withoutADigestNothingIsFetched() {
    assertThat(kerf("weights", "add", "http://127.0.0.1:1/a.safetensors")).isEqualTo(2);
    assertThat(err.toString()).contains("--sha256");
  }
}
