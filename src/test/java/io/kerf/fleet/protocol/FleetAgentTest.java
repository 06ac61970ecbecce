package io.kerf.fleet.protocol;

import static io.kerf.fleet.FleetFixture.NOW;
import static io.kerf.fleet.FleetFixture.QUICK;
import static io.kerf.fleet.FleetFixture.STATION;
import static io.kerf.fleet.FleetFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fault.Fault;
import io.kerf.fleet.AgentFixture;
import io.kerf.fleet.FleetFixture;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Policy;
import io.kerf.fleet.envelope.Probation;
import io.kerf.fleet.envelope.Window;
import io.kerf.fleet.protocol.Deployment.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetAgentTest {
  private static final FleetFixture FLEET = new FleetFixture();
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir
  private Path data;
  private AgentFixture fixture;

  @BeforeEach
  void start() {
    fixture = new AgentFixture(data, FLEET);
  }

  private byte[] withPolicy(long version, String document, Policy policy) {
    return FLEET.sign(payload(new FleetVersion(1, version), Audience.station(STATION), document, policy));
  }

  @Test
  void aGoodDocumentIsCommittedAndEachStateIsReported() {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    assertThat(fixture.exposure()).as("it settles first").isEqualTo("8");
    fixture.pass(LONG);
    assertThat(fixture.exposure()).isEqualTo("9");
    assertThat(fixture.agent.status().reports()).extracting(Report::state)
        .containsExactly(ReportState.COMMITTED, ReportState.PROBATION, ReportState.APPLYING, ReportState.STAGED, ReportState.COMMITTED);
    assertThat(fixture.newest().active().version()).isEqualTo("1.1");
    assertThat(fixture.actions()).containsExactly("fleet-document-staged", "fleet-document-committed");
  }

  @Test
  void aDocumentThatFailsItsProbationIsRolledBackAndItsVersionStaysBurned() {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    fixture.pass(LONG);
    fixture.agent.receive(FLEET.envelope(2, "{\"exposureMs\": 10, \"goldenRight\": false}"));
    fixture.pass(LONG);
    assertThat(fixture.deployment().state()).isEqualTo(State.ROLLED_BACK);
    assertThat(fixture.exposure()).isEqualTo("9");
    assertThat(fixture.newest().state()).isEqualTo(ReportState.ROLLED_BACK);
    assertThat(fixture.newest().code()).contains("fleet-golden-wrong");
    assertThat(fixture.newest().active().version()).isEqualTo("1.1");
    assertThat(fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"))).isInstanceOfSatisfying(Outcome.Refused.class,
        refused -> assertThat(refused.fault()).isEqualTo(Fault.FLEET_VERSION_LOWER));
    assertThat(fixture.agent.receive(FLEET.envelope(2, "{\"exposureMs\": 10, \"goldenRight\": false}"))).isInstanceOf(Outcome.Again.class);
    fixture.pass(LONG);
    assertThat(fixture.exposure()).as("known again, and not applied again").isEqualTo("9");
  }

  @Test
  void aLineThatGetsNoFramesReturnsToWhatWorked() {
    fixture.pass(LONG);
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9, \"framesPerSecond\": 0}"));
    fixture.pass(LONG);
    assertThat(fixture.deployment().code()).contains("fleet-no-frames");
    assertThat(fixture.exposure()).isEqualTo("8");
  }

  @Test
  void aDryRunTellsTheDifferenceAndBurnsNoVersion() {
    Outcome outcome = fixture.agent.receive(withPolicy(7, "{\"exposureMs\": 9}", new Policy(true, Optional.empty(), Probation.DEFAULT)));
    assertThat(outcome).isInstanceOf(Outcome.DryRun.class);
    assertThat(fixture.newest().state()).isEqualTo(ReportState.VALIDATED);
    assertThat(fixture.newest().difference()).contains("exposureMs: 8 → 9\n");
    fixture.pass(LONG);
    assertThat(fixture.exposure()).isEqualTo("8");
    assertThat(fixture.agent.receive(FLEET.envelope(7, "{\"exposureMs\": 10}"))).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void whatLiesBetweenIsSkippedWhereANewerOneComesAtOnce() {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    fixture.pass(Duration.ofSeconds(1));
    fixture.agent.receive(FLEET.envelope(2, "{\"exposureMs\": 10}"));
    fixture.pass(LONG);
    assertThat(fixture.exposure()).isEqualTo("10");
    assertThat(fixture.audited).filteredOn(changed -> changed.action().code().equals("fleet-document-committed")).hasSize(1);
  }

  @Test
  void ofThoseThatComeDuringProbationTheNewestWaitsDurably() {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    fixture.pass(Duration.ofSeconds(4));
    assertThat(fixture.deployment().state()).isEqualTo(State.PROBATION);
    fixture.agent.receive(FLEET.envelope(3, "{\"exposureMs\": 11}"));
    fixture.agent.receive(FLEET.envelope(2, "{\"exposureMs\": 10}"));
    assertThat(fixture.newest().state()).isEqualTo(ReportState.RECEIVED);
    assertThat(fixture.agent.status().highestSeen()).contains(new FleetVersion(1, 1));
    fixture.restart();
    fixture.pass(LONG);
    assertThat(fixture.exposure()).isEqualTo("11");
    assertThat(fixture.agent.status().anotherWaits()).isFalse();
  }

  @Test
  void aDocumentWaitsForItsWindowOnTheStationsOwnClock() {
    fixture.agent.receive(withPolicy(1, "{\"exposureMs\": 9}", new Policy(false, Optional.of(Window.parse("12:01-13:00")), QUICK.probation())));
    fixture.pass(LONG);
    assertThat(fixture.agent.status().waitsFor()).contains("its window 12:01-13:00 is closed");
    fixture.pass(Duration.ofMinutes(1));
    assertThat(fixture.exposure()).isEqualTo("9");
  }

  @Test
  void anOtherEndpointThatIsNotReachedRevertsByItself() {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9, \"broker\": \"mqtts://elsewhere:8883\"}"));
    fixture.pass(Duration.ofMinutes(9));
    assertThat(fixture.agent.endpoint().broker()).isPresent();
    fixture.agent.reached(io.kerf.fleet.Endpoint.NONE);
    fixture.pass(Duration.ofMinutes(2));
    assertThat(fixture.agent.endpoint().broker()).isEmpty();
    assertThat(fixture.deployment().code()).contains("fleet-endpoint-unreached");
    assertThat(fixture.newest().state()).isEqualTo(ReportState.ROLLED_BACK);
  }

  @Test
  void anOtherEndpointThatIsReachedStays() {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9, \"broker\": \"mqtts://elsewhere:8883\"}"));
    fixture.pass(Duration.ofMinutes(1));
    fixture.agent.reached(fixture.agent.endpoint());
    fixture.pass(Duration.ofMinutes(11));
    assertThat(fixture.deployment().state()).isEqualTo(State.COMMITTED);
  }

  @Test
  void whatAPersonChangesIsReportedAsDrift() {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    fixture.pass(LONG);
    fixture.station.changeByHand("exposureMs", 12);
    fixture.pass(Duration.ofSeconds(31));
    assertThat(fixture.newest().drift()).containsExactly("exposureMs: 9 → 12.0");
    long seq = fixture.newest().seq();
    fixture.pass(Duration.ofMinutes(2));
    assertThat(fixture.newest().seq()).as("told once").isEqualTo(seq);
  }

  /** Whatever the wall clock does, what runs goes on; what is accepted then is as the floor lets. */
  @Test
  void aWallClockThatJumpsTenYearsRollsNothingBack() {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    fixture.pass(Duration.ofSeconds(3));
    for (int years : new int[] {10, -20, 10}) {
      fixture.wall = fixture.wall.plus(Duration.ofDays(365L * years));
      fixture.pass(Duration.ofSeconds(1));
      assertThat(fixture.deployment().state()).isEqualTo(State.PROBATION);
    }
    fixture.pass(LONG);
    assertThat(fixture.deployment().state()).isEqualTo(State.COMMITTED);
    fixture.wall = NOW.minus(Duration.ofDays(3653));
    assertThat(fixture.agent.receive(FLEET.envelope(2, "{\"exposureMs\": 10}"))).as("the last trusted time is past its notBefore").isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aStolenKeyThatSignsForTheFarFutureDoesNotMoveTheClocksFloor() {
    var good = payload(1, "{\"exposureMs\": 9}");
    fixture.agent.receive(FLEET.sign(new io.kerf.fleet.envelope.Payload(good.deploymentId(), good.fleet(), good.audience(), good.version(), NOW.plus(Duration.ofDays(36500)),
        good.notBefore(), NOW.plus(Duration.ofDays(36501)), good.minApp(), good.document(), good.policy(), good.rollout())));
    fixture.pass(LONG);
    assertThat(fixture.agent.receive(FLEET.envelope(2, "{\"exposureMs\": 10}"))).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void reportsKeepTheirNumbersAcrossRestartsAndAreBounded() {
    Outbox outbox = fixture.agent.outbox();
    assertThat(outbox.next().orElseThrow().seq()).isEqualTo(1);
    outbox.taken(1);
    assertThat(outbox.next()).isEmpty();
    fixture.restart();
    assertThat(fixture.newest().seq()).isEqualTo(2);
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    for (int i = 0; i < Outbox.MOST + 5; i++) {
      fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    }
    assertThat(fixture.agent.outbox().waiting()).isEqualTo(Outbox.MOST);
    assertThat(data.resolve("fleet/outbox").toFile().list()).hasSize(Outbox.MOST);
    assertThat(fixture.agent.outbox().next().orElseThrow().seq()).isGreaterThan(5);
  }

  @Test
  void aDamagedStagedDocumentIsNeverApplied() throws IOException {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    Files.writeString(data.resolve("fleet/staged"), "{\"exposureMs\": 1}");
    fixture.pass(LONG);
    assertThat(fixture.deployment().code()).contains("fleet-staged-damaged");
    assertThat(fixture.exposure()).isEqualTo("8");
  }

  @Test
  void aLastKnownGoodThatIsDamagedIsToldAndInspectionGoesOn() throws IOException {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9, \"p99Millis\": 500}"));
    fixture.pass(Duration.ofSeconds(4));
    Path good = data.resolve("fleet/last-known-good.json");
    Files.writeString(good, Files.readString(good, StandardCharsets.UTF_8).replace("\"document\":\"e", "\"document\":\"f"));
    fixture.pass(LONG);
    assertThat(fixture.newest().state()).isEqualTo(ReportState.ROLLBACK_FAILED);
    assertThat(fixture.newest().code()).contains("fleet-rollback-failed");
    assertThat(fixture.exposure()).startsWith("9");
  }

  @Test
  void noSecretAndNoDocumentIsInAReport() throws IOException {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    fixture.pass(LONG);
    for (String name : List.of(data.resolve("fleet/outbox").toFile().list())) {
      assertThat(Files.readString(data.resolve("fleet/outbox").resolve(name))).doesNotContain("exposureMs");
    }
  }

  @Test
  void aDiskThatTakesNoJournalStopsNothingAndIsToldUntilItDoes() throws IOException {
    fixture.agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9}"));
    Path journal = data.resolve("fleet/journal.json");
    Files.delete(journal);
    Files.createDirectory(journal);
    Files.createFile(journal.resolve("in-the-way"));
    fixture.pass(LONG);
    assertThat(fixture.exposure()).isEqualTo("8");
    assertThat(fixture.agent.status().trouble().orElseThrow()).contains("journal.json");
    Files.delete(journal.resolve("in-the-way"));
    Files.delete(journal);
    fixture.pass(LONG);
    assertThat(fixture.exposure()).isEqualTo("9");
    assertThat(fixture.agent.status().trouble()).isEmpty();
  }
}
