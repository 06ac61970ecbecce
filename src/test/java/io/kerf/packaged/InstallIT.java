package io.kerf.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jetson/install.sh} and its units, with a folder as the root of the system. */
class InstallIT {
  private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");
  /** The unit's exposure by systemd's own measure, 0 (best) to 10, may not rise above this. */
  private static final double MOST_EXPOSURE = 2.0;

  @TempDir
  private Path folder;

  private record Ended(int exit, String output) {}

  private Ended command(String... words) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the command did not end: " + String.join(" ", words));
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }

  private Ended install(String... options) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("jetson/install.sh", "--root", folder.resolve("root").toString(), "--app", System.getProperty("packaged.app")));
    words.addAll(List.of(options));
    return command(words.toArray(String[]::new));
  }

  /** Everything below the root, with what would betray that it was written again. */
  private Map<String, FileTime> files() throws IOException {
    Map<String, FileTime> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder.resolve("root"))) {
      for (Path one : (Iterable<Path>) all::iterator) {
        found.put(folder.relativize(one).toString(), Files.getLastModifiedTime(one, LinkOption.NOFOLLOW_LINKS));
      }
    }
    return found;
  }

  @Test
  void aDryRunSaysWhatItWouldDoAndDoesNothing() throws Exception {
    Ended dry = install("--without-gpu", "--dry-run");
    assertThat(dry.exit()).as(dry.output()).isZero();
    assertThat(dry.output()).contains("Nothing is changed").contains("would copy the application to").contains("would install").contains("kerf.service");
    assertThat(folder.resolve("root")).doesNotExist();
  }

  @Test
  void itInstallsOnceAndFindsNothingToDoTheSecondTime() throws Exception {
    Ended first = install("--without-gpu");
    assertThat(first.exit()).as(first.output()).isZero();
    Path root = folder.resolve("root");
    assertThat(root.resolve("opt/kerf/current")).isSymbolicLink();
    assertThat(root.resolve("opt/kerf/current/kerf")).isExecutable();
    assertThat(root.resolve("opt/kerf/current/quarkus-app/quarkus-run.jar")).exists();
    assertThat(root.resolve("etc/kerf/kerf.properties")).content().contains("kerf.data=/var/lib/kerf").contains("kerf.port=8080");
    assertThat(root.resolve("etc/udev/rules.d/99-kerf.rules")).exists();

    Map<String, FileTime> installed = files();
    Ended second = install("--without-gpu");
    assertThat(second.exit()).isZero();
    assertThat(second.output()).contains("nothing was changed");
    assertThat(files()).isEqualTo(installed);
  }

  @Test
  void settingsOfThisStationStayAndTakingItAwayKeepsTheData() throws Exception {
    Path root = folder.resolve("root");
    install("--without-gpu");
    Files.writeString(root.resolve("etc/kerf/kerf.properties"), "kerf.name=Line 7\n");
    Files.writeString(root.resolve("var/lib/kerf/kerf.db"), "verdicts");
    Files.writeString(root.resolve("etc/systemd/system/kerf.service"), "an older unit");
    Ended again = install("--without-gpu");
    assertThat(again.output()).contains("install " + root.resolve("etc/systemd/system/kerf.service"));
    assertThat(root.resolve("etc/kerf/kerf.properties")).hasContent("kerf.name=Line 7\n");

    Ended away = install("--uninstall");
    assertThat(away.exit()).as(away.output()).isZero();
    assertThat(away.output()).contains("Kept: ");
    assertThat(root.resolve("opt/kerf")).doesNotExist();
    assertThat(root.resolve("etc/systemd/system/kerf.service")).doesNotExist();
    assertThat(root.resolve("var/lib/kerf/kerf.db")).hasContent("verdicts");
    assertThat(install("--uninstall", "--purge").exit()).isZero();
    assertThat(root.resolve("var/lib/kerf")).doesNotExist();
    assertThat(root.resolve("etc/kerf")).doesNotExist();
  }

  @Test
  void whatIsNoJetsonAndWhatHasAnOldJetPackIsRefusedWithWhatToDo() throws Exception {
    Ended none = install();
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.output()).contains("this is no Jetson with JetPack").contains("--without-gpu");
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/nv_tegra_release"), "# R35 (release), REVISION: 4.1, GCID: 33958178, BOARD: t186ref, EABI: aarch64\n");
    Ended old = install();
    assertThat(old.exit()).isEqualTo(2);
    assertThat(old.output()).contains("R35.4.1").contains("Flash JetPack 6 or newer");
    assertThat(root.resolve("opt")).doesNotExist();
  }

  @Test
  void systemdFindsNothingWrongWithTheUnits() throws Exception {
    assumeTrue(Files.isExecutable(SYSTEMD_ANALYZE), "there is no systemd-analyze here");
    install("--without-gpu");
    Path units = folder.resolve("root/etc/systemd/system");
    // The program stands below the root here, so a unit with its place there is looked at.
    Path unit = Files.writeString(folder.resolve("kerf.service"), Files.readString(units.resolve("kerf.service")).replace("/opt/kerf", folder.resolve("root/opt/kerf").toString()));
    Ended verified = command(SYSTEMD_ANALYZE.toString(), "verify", "--man=no", unit.toString(), units.resolve("kerf-training.slice").toString());
    assertThat(verified.output()).isEmpty();
    assertThat(verified.exit()).isZero();

    Ended security = command(SYSTEMD_ANALYZE.toString(), "security", "--no-pager", "--offline=true", "--threshold=" + Math.round(MOST_EXPOSURE * 10), unit.toString());
    assertThat(security.exit()).as(security.output()).isZero();
  }
}
