package io.kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir
  Path temp;

  @Test
  void writingReplacesAFileAndLeavesNothingBeside() throws IOException {
    Path target = temp.resolve("active.json");
    AtomicFiles.write(target, "one".getBytes());
    AtomicFiles.write(target, "two".getBytes());
    assertThat(target).hasContent("two");
    assertThat(temp.toFile().list()).containsExactly("active.json");
  }

  @Test
  void whatAKilledWriteLeftIsSweptAndNothingElse() throws IOException {
    Files.writeString(temp.resolve(".active.json-123.tmp"), "half");
    Files.writeString(temp.resolve("note.tmp"), "somebody's");
    Files.createDirectories(temp.resolve(".folder.tmp"));
    AtomicFiles.sweep(temp);
    AtomicFiles.sweep(temp.resolve("missing"));
    assertThat(temp.toFile().list()).containsExactlyInAnyOrder("note.tmp", ".folder.tmp");
  }

  @Test
  void aReaderNeverSeesHalfAFile() throws Exception {
    Path target = temp.resolve("active.json");
    AtomicFiles.write(target, new byte[100_000]);
    Thread writer = new Thread(() -> IntStream.range(0, 50).forEach(i -> AtomicFiles.write(target, new byte[100_000])));
    writer.start();
    while (writer.isAlive()) {
      assertThat(Files.readAllBytes(target)).hasSize(100_000);
    }
    writer.join();
  }

  @Test
  void aFailedWriteSaysWhichFileAndLeavesNothing() {
    assertThatThrownBy(() -> AtomicFiles.write(temp.resolve("missing/file"), new byte[1])).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.DATA_FOLDER_UNUSABLE);
      assertThat(e.detail()).contains("missing/file", "its folder is missing");
    });
  }

  @Test
  void aStagedFolderAppearsWhole() throws IOException {
    Path staged = Files.createDirectories(temp.resolve("staging/candidate/deep")).getParent();
    Files.writeString(staged.resolve("manifest.json"), "{}");
    Files.writeString(staged.resolve("deep/encoder.onnx"), "weights");
    Path target = temp.resolve("recipes/default/models/abc");
    AtomicFiles.publish(staged, target);
    assertThat(target.resolve("manifest.json")).hasContent("{}");
    assertThat(target.resolve("deep/encoder.onnx")).hasContent("weights");
    assertThat(staged).doesNotExist();
  }

  @Test
  void whatIsPublishedIsNeverReplaced() throws IOException {
    Path staged = Files.createDirectories(temp.resolve("staging/candidate"));
    Path target = Files.createDirectories(temp.resolve("models/abc"));
    assertThatThrownBy(() -> AtomicFiles.publish(staged, target)).isInstanceOf(FaultException.class).hasMessageContaining("exists already");
    assertThat(staged).exists();
  }

  @Test
  void aFullDiskIsToldFromOtherFailures() {
    assertThat(AtomicFiles.fault(temp, new IOException("No space left on device")).fault()).isEqualTo(Fault.DISK_FULL);
    assertThat(AtomicFiles.fault(temp, new IOException("Disk quota exceeded")).fault()).isEqualTo(Fault.DISK_FULL);
    assertThat(AtomicFiles.fault(temp, new IOException("Input/output error")).fault()).isEqualTo(Fault.DATA_FOLDER_UNUSABLE);
  }
}
