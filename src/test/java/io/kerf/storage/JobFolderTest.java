package io.kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFolderTest {
  @TempDir
  Path temp;

  @Test
  void aJobThatRunsIsLeftAloneAndOneThatNobodyHoldsGoes() throws Exception {
    Path parent = temp.resolve(".staging");
    Path dead = Files.createDirectories(parent.resolve("1f/deep")).getParent();
    Files.writeString(dead.resolve("deep/checkpoint"), "weights");
    Files.writeString(parent.resolve("1f.lock"), "");
    Files.writeString(parent.resolve("2f.lock"), "");
    Path older = Files.createDirectories(parent.resolve("3f"));
    try (JobFolder running = JobFolder.make(parent)) {
      Files.writeString(running.path().resolve("order.json"), "{}");
      JobFolder.sweep(parent);
      assertThat(running.path().resolve("order.json")).hasContent("{}");
      assertThat(dead).doesNotExist();
      assertThat(older).doesNotExist();
      assertThat(parent.toFile().list()).containsExactlyInAnyOrder(running.path().getFileName().toString(), running.path().getFileName() + ".lock");
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aFolderThatWasPublishedIsNotMissed() throws Exception {
    try (JobFolder job = JobFolder.make(temp)) {
      Files.move(job.path(), temp.resolve("published"));
      JobFolder.sweep(temp.resolve("missing"));
    }
    assertThat(temp.toFile().list()).containsExactly("published");
  }
}
