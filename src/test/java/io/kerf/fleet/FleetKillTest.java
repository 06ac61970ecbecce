package io.kerf.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fleet.protocol.Deployment;
import io.kerf.fleet.protocol.Deployment.State;
import io.kerf.fleet.protocol.Outcome;
import io.kerf.fleet.protocol.Report;
import io.kerf.packaged.MortalFiles;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that dies, as killed, before each change on disk while it takes, applies, commits or rolls back a document. Whoever starts afterwards finds the old document
 * or the new one, goes on to the due end, and says where it stands. With {@code -Dkerf.kills=100} before every change, else before every seventh.
 */
class FleetKillTest {
  private static final boolean ALL = Integer.getInteger("kerf.kills", 2) >= 100;
  private static final int STRIDE = ALL ? 1 : 7;
  private static final int MOST_CHANGES = 200;
  private static final FleetFixture FLEET = new FleetFixture();

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"{\"exposureMs\":9}", "{\"exposureMs\":9,\"goldenRight\":false}"})
  void aDeathAtAnyStepLeavesTheOldDocumentOrTheNewAndIsToldTruly(String document) throws Exception {
    boolean good = !document.contains("goldenRight");
    byte[] envelope = FLEET.envelope(1, document);
    Path file = Files.write(folder.resolve("envelope"), envelope);
    List<String> died = new ArrayList<>();
    Optional<String> last;
    int step = good ? 1 : 3;
    do {
      Path data = AgentFixture.trusting(folder.resolve("death-" + step), FLEET);
      last = dieBefore(step, data, file);
      last.ifPresent(died::add);
      assertTrueAfter(last.orElse("it lived"), data, envelope, document, good);
      step += STRIDE;
    } while (last.isPresent() && step < MOST_CHANGES);
    assertThat(last).as("every change was come to").isEmpty();
    assertThat(died).hasSizeGreaterThan(40 / STRIDE);
    System.out.println("Killed before " + died.size() + " changes of " + (good ? "applying and committing" : "applying and rolling back") + " a fleet's document.");
  }

  private Optional<String> dieBefore(int step, Path data, Path envelope) throws Exception {
    List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-Djava.nio.file.spi.DefaultFileSystemProvider=" + MortalFiles.class.getName(), "-D" + MortalFiles.UNDER + "=" + data, "-D" + MortalFiles.BEFORE + "=" + step,
        "-cp", System.getProperty("java.class.path"), FleetDeath.class.getName(), data.toString(), envelope.toString());
    Path log = Files.createTempFile(folder, "log", ".txt");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Optional<String> died = Files.readString(log).lines().filter(line -> line.startsWith("died before: ")).findFirst();
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(died.isPresent() ? MortalFiles.KILLED : 0);
    return died;
  }

  private static void assertTrueAfter(String died, Path data, byte[] envelope, String document, boolean good) throws IOException {
    AgentFixture after = new AgentFixture(data);
    String inForce = new String(after.station.active().document(), StandardCharsets.UTF_8);
    assertThat(inForce).as(died).isIn(new String(FleetFixture.FIRST, StandardCharsets.UTF_8), document);
    assertThat(after.newest().active().digest()).as("%s: the report at the start", died).isEqualTo(Sha256.of(inForce.getBytes(StandardCharsets.UTF_8)));
    Optional<State> found = after.agent.status().deployment().map(Deployment::state);
    if (found.filter(state -> state == State.COMMITTED).isPresent()) {
      assertThat(inForce).as(died).isEqualTo(document);
    }
    // The broker still holds it, as it does for a station that comes back.
    Outcome again = after.agent.receive(envelope);
    assertThat(again).as(died).isInstanceOfAny(Outcome.Again.class, Outcome.Accepted.class);
    after.pass(Duration.ofMinutes(1));
    assertThat(after.deployment().state()).as(died).isEqualTo(good ? State.COMMITTED : State.ROLLED_BACK);
    Report end = after.newest();
    assertThat(end.state().name()).as(died).isEqualTo(after.deployment().state().name());
    assertThat(new String(after.station.active().document(), StandardCharsets.UTF_8)).as(died)
        .isEqualTo(good ? document : new String(FleetFixture.FIRST, StandardCharsets.UTF_8));
    assertThat(end.active().digest()).as(died).isEqualTo(after.station.active().digest());
    assertThat(after.agent.status().highestSeen().orElseThrow()).as(died).hasToString("1.1");
    assertThat(data.resolve("fleet").toFile().list()).as(died).noneMatch(name -> name.endsWith(".tmp"));
  }
}
