package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fleet.Brokers;
import io.kerf.fleet.simulation.SimulatedFleet;
import io.kerf.fleet.simulation.TrialAuthority;
import io.kerf.fleet.simulation.TrialBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FleetCommandTest {
  @TempDir
  private Path folder;

  private record Ended(int exit, String out, String err) {}

  private static Ended kerf(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = KerfMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Ended(line.execute(arguments), out.toString(), err.toString());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void keys(String... names) {
    for (String name : names) {
      Ended made = kerf("fleet", "keygen", name, "--out", folder.toString());
      assertThat(made.exit()).as(made.err()).isZero();
      assertThat(made.out().strip()).hasSize(43);
    }
  }

  private void firstTrust() {
    Ended made = kerf("fleet", "trust", "new", "--fleet", "acme", "--root", path("root-a.pub") + "," + path("root-b.pub"), "--threshold", "2", "--signer", path("ci.pub"),
        "--sign-with", path("root-a.key"), "--out", path("trust.json"));
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(kerf("fleet", "trust", "sign", path("trust.json"), "--sign-with", path("root-b.key")).exit()).isZero();
  }

  private Path group(String document) throws IOException {
    return Files.writeString(folder.resolve("group.yaml"), "fleet: acme\ngroup: all\nvariables: {alpha: 0.02}\ndocument: " + document + "\nstations: [{id: line-1}, {id: line-2}]\n");
  }

  @Test
  void aKeyIsForItsOwnerAloneAndNeverReplaced() throws IOException {
    keys("ci");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ci.key")))).isEqualTo("rw-------");
    assertThat(Files.readString(folder.resolve("ci.pub"))).doesNotContain("\"d\"");
    assertThat(kerf("fleet", "keygen", "ci", "--out", folder.toString()).exit()).isEqualTo(2);
  }

  @Test
  void whatIsSignedIsWhatAStationWouldAcceptAndAKeyThatIsNotTrustedIsRefusedBeforehand() throws IOException {
    keys("root-a", "root-b", "ci", "thief");
    firstTrust();
    group("{schema: 1, recipes: {a: {false-rejects: '${alpha}'}}}");
    Ended signed = kerf("fleet", "sign", path("group.yaml"), "--key", path("ci.key"), "--trust", path("trust.json"), "--history", path("rollouts"), "--out", path("tree"));
    assertThat(signed.exit()).as(signed.err()).isZero();
    Ended checked = kerf("fleet", "check", path("tree/stations/line-1/desired"), "--trust", path("trust.json"), "--as", "stations/line-1");
    assertThat(checked.exit()).as(checked.err()).isZero();
    Ended elsewhere = kerf("fleet", "check", path("tree/stations/line-1/desired"), "--trust", path("trust.json"), "--as", "stations/line-2");
    assertThat(elsewhere.exit()).isEqualTo(2);
    assertThat(elsewhere.err()).contains("fleet-audience-wrong");
    Ended stolen = kerf("fleet", "sign", path("group.yaml"), "--key", path("thief.key"), "--trust", path("trust.json"), "--history", path("rollouts"), "--out", path("tree"));
    assertThat(stolen.exit()).isEqualTo(2);
    assertThat(stolen.err()).contains("fleet-key-unknown");
    Ended alone = kerf("fleet", "trust", "rotate", path("trust.json"), "--signer", path("thief.pub"), "--sign-with", path("root-a.key"), "--out", path("trust-2.json"));
    assertThat(alone.exit()).as(alone.err()).isZero();
    assertThat(kerf("fleet", "trust", "send", path("trust-2.json"), "--broker", "mqtt://127.0.0.1:1").err()).contains("fleet-trust-invalid");
  }

  @Test
  void whatNoStationWouldTakeIsNotSigned() throws IOException {
    keys("root-a", "root-b", "ci");
    firstTrust();
    group("{schema: 1, retension: {}}");
    Ended refused = kerf("fleet", "sign", path("group.yaml"), "--key", path("ci.key"), "--trust", path("trust.json"), "--history", path("rollouts"), "--out", path("tree"));
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("document.retension").contains("did you mean retention?");
    assertThat(folder.resolve("tree")).doesNotExist();
  }

  @Test
  void withoutAWayToTheStationsItIsSaidWhatIsMissing() throws IOException {
    keys("root-a", "root-b", "ci");
    firstTrust();
    group("{schema: 1}");
    Ended ended = kerf("fleet", "push", path("group.yaml"), "--key", path("ci.key"), "--trust", path("trust.json"));
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("--broker");
  }

  @Test
  void aRolloutIsPushedShownComparedAndRolledBackFromTheCommandLine() throws Exception {
    TrialAuthority authority = new TrialAuthority(folder);
    try (TrialBroker broker = Brokers.start(folder, authority)) {
      keys("root-a", "root-b", "ci");
      firstTrust();
      try (SimulatedFleet fleet = new SimulatedFleet(folder, broker.uri(), folder.resolve("trust.json"))) {
        for (String id : new String[] {"line-1", "line-2"}) {
          authority.issue(id);
          fleet.start(id, changed -> {});
        }
        String document = "{schema: 1, recipes: {a: {false-rejects: '${alpha}'}}, fleet: {broker: '" + broker.uri() + "'}}";
        group(document);
        Ended compared = kerf(with(broker, "diff", "line-1"));
        assertThat(compared.exit()).as(compared.err() + compared.out()).isZero();
        assertThat(compared.out()).contains("line-1").contains("VALIDATED").contains("false-rejects").doesNotContain("line-2");
        Ended pushed = kerf(with(broker, "push", "--canary", "1", "--then", "all"));
        assertThat(pushed.exit()).as(pushed.err() + pushed.out()).isZero();
        assertThat(pushed.out()).contains("COMMITTED");
        assertThat(fleet.station("line-2").active().version()).isEqualTo("1.1");

        group("{schema: 1, recipes: {a: {false-rejects: 0.6}}, fleet: {broker: '" + broker.uri() + "'}}");
        Ended stopped = kerf(with(broker, "push", "--canary", "1", "--json"));
        assertThat(stopped.exit()).isEqualTo(1);
        List<String> lines = new ArrayList<>(stopped.out().lines().toList());
        assertThat(new ObjectMapper().readTree(lines.get(lines.size() - 1)).path("outcome").asText()).isEqualTo("stopped");
        assertThat(stopped.out()).contains("fleet-golden-wrong");
        assertThat(stopped.err()).contains("fleet-rollout-stopped");

        Ended status = kerf("fleet", "status", path("group.yaml"), "--broker", broker.uri().toString(), "--ca", path("ca.pem"), "--certificate", path("fleet-sender.pem"),
            "--certificate-key", path("fleet-sender.key"));
        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.out()).contains("ROLLED_BACK").contains("2 stations, 1 away, silent or failed");

        Ended back = kerf(with(broker, "rollback"));
        assertThat(back.exit()).as(back.err() + back.out()).isZero();
        assertThat(fleet.station("line-1").active().version()).isEqualTo("1.3");
        assertThat(new String(fleet.station("line-1").active().document())).contains("\"false-rejects\":0.02");
      }
    }
  }

  private String[] with(TrialBroker broker, String command, String... further) {
    List<String> all = new ArrayList<>(List.of("fleet", command, path("group.yaml")));
    all.addAll(List.of(further));
    all.addAll(List.of("--key", path("ci.key"), "--trust", path("trust.json"), "--history", path("rollouts"), "--probation", "1s", "--least-frames", "5", "--patience", "30s",
        "--broker", broker.uri().toString(), "--ca", path("ca.pem"), "--certificate", path("fleet-sender.pem"), "--certificate-key", path("fleet-sender.key")));
    return all.toArray(String[]::new);
  }
}
