package io.kerf.fleet.protocol;

import io.kerf.config.Version;
import io.kerf.fleet.Active;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.ManagedStation;
import io.kerf.fleet.envelope.FleetVersion;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes reports into the outbox: each tells where the station stands as a whole, so that the newest is enough. */
final class Reporter {
  private static final int MOST_CHARACTERS = 4000;
  private static final int MOST_DRIFT = 50;

  private final String station;
  private final String bootId = UUID.randomUUID().toString();
  private final Outbox outbox;
  private final ManagedStation managed;
  private final Clock clock;

  /** What of a station was told last, beside its deployment. */
  record Told(String activeDigest, String model, List<String> drift) {}

  private Told told = new Told("", "", List.of());

  Reporter(String station, Outbox outbox, ManagedStation managed, Clock clock) {
    this.station = station;
    this.outbox = outbox;
    this.managed = managed;
    this.clock = clock;
  }

  String bootId() {
    return bootId;
  }

  Outbox outbox() {
    return outbox;
  }

  void stands(Optional<FleetVersion> highest, Deployment deployment) {
    write(highest, Optional.of(deployment.id()), ReportState.of(deployment.state()), deployment.code(), deployment.detail(), List.of(), Optional.empty());
  }

  void received(Optional<FleetVersion> highest, String deploymentId, String why) {
    write(highest, Optional.of(deploymentId), ReportState.RECEIVED, Optional.empty(), why, List.of(), Optional.empty());
  }

  void validated(Optional<FleetVersion> highest, String deploymentId, String difference) {
    write(highest, Optional.of(deploymentId), ReportState.VALIDATED, Optional.empty(), "A dry run: nothing was changed.", List.of(), Optional.of(cut(difference)));
  }

  void refused(Optional<FleetVersion> highest, Outcome.Refused refused) {
    write(highest, refused.deploymentId(), ReportState.REJECTED, Optional.of(refused.fault().code()), refused.detail(), refused.problems(), Optional.empty());
  }

  /** Where no deployment has ever been: that the station is there, and with what. */
  void isThere(Optional<FleetVersion> highest) {
    write(highest, Optional.empty(), ReportState.COMMITTED, Optional.empty(), "Runs the document it was set up with.", List.of(), Optional.empty());
  }

  /** Whether something has changed on the station itself since the last report. */
  boolean isOutdated() {
    return !told.equals(now(managed.active()));
  }

  private void write(Optional<FleetVersion> highest, Optional<String> deploymentId, ReportState state, Optional<String> code, String detail, List<DocumentProblem> problems,
      Optional<String> difference) {
    Active active = managed.active();
    Told current = now(active);
    Optional<Report> written = outbox.add(seq -> new Report(station, deploymentId, seq, bootId, clock.instant(), Version.CURRENT, highest,
        new Report.InForce(active.version(), current.activeDigest()), active.model(), state, code, cut(detail), current.drift(), problems, difference));
    written.ifPresent(report -> told = current);
  }

  private static Told now(Active active) {
    return new Told(active.digest(), active.model(), active.drift().stream().limit(MOST_DRIFT).toList());
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
  }
}
