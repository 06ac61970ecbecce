package io.kerf.station.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  @TempDir
  private Path folder;
  private String before;

  @BeforeEach
  void forget() {
    before = System.getProperty(PROPERTY);
    System.clearProperty(PROPERTY);
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }

  @Test
  void linksOfAnotherReleaseOfTheBoardsSoftwareAreDeleted() throws Exception {
    Files.createDirectories(folder.resolve("36.4.3/tensorrt"));
    Files.createSymbolicLink(folder.resolve("36.4.3/tensorrt/libnvinfer.so.10"), Path.of("/usr/lib/libnvinfer.so.10"));
    NativeLibraries.keepIn(folder, "36.4.3");
    assertThat(folder.resolve("36.4.3/tensorrt")).isDirectoryContaining("glob:**/libnvinfer.so.10");
    assertThat(NativeLibraries.asOptions()).isEqualTo(List.of("-D" + PROPERTY + "=" + folder.resolve("36.4.3")));
    System.clearProperty(PROPERTY);
    NativeLibraries.keepIn(folder, "36.5.0");
    assertThat(folder.resolve("36.4.3")).doesNotExist();
  }

  @Test
  void whatAPersonSetStays() throws Exception {
    System.setProperty(PROPERTY, "/opt/links");
    Files.createDirectories(folder.resolve("36.4.3"));
    NativeLibraries.keepIn(folder, "36.5.0");
    assertThat(System.getProperty(PROPERTY)).isEqualTo("/opt/links");
    assertThat(folder.resolve("36.4.3")).exists();
  }
}
