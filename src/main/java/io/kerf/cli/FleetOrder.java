package io.kerf.cli;

import io.kerf.fault.FaultException;
import io.kerf.fault.Fault;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Policy;
import io.kerf.fleet.envelope.Probation;
import io.kerf.fleet.envelope.Window;
import io.kerf.fleet.protocol.Report;
import io.kerf.fleet.sender.Plant;
import io.kerf.fleet.sender.Push;
import io.kerf.fleet.sender.SentRollouts;
import io.kerf.fleet.trust.SignedTrust;
import io.kerf.fleet.trust.SigningKey;
import io.kerf.fleet.trust.TrustDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What is signed, beside the documents themselves. */
final class FleetOrder {
  @Option(names = "--key", paramLabel = "FILE", required = true, description = "Key (.key) of a signer.")
  private Path key;

  @Option(names = "--trust", paramLabel = "FILE", required = true, description = "Trust document in force: it tells fleet and epoch, and whether the key counts.")
  private Path trust;

  @Option(names = "--number", paramLabel = "N", description = "Version within the epoch. Default: one more than the highest that a station has reported or this folder holds.")
  private Optional<String> version = Optional.empty();

  @Option(names = "--valid", paramLabel = "TIME", defaultValue = "168h", description = "How long stations may accept it; what runs does not end. Default: ${DEFAULT-VALUE}.")
  private Duration valid;

  @Option(names = "--window", paramLabel = "SPAN", description = "Part of the day in which stations may apply it, by their own clocks, such as 22:00-05:30. Default: at once.")
  private Optional<String> window = Optional.empty();

  @Option(names = "--probation", paramLabel = "TIME", defaultValue = "10m", description = "How long inspection must go well before it stays. Default: ${DEFAULT-VALUE}.")
  private Duration probation;

  @Option(names = "--least-frames", paramLabel = "N", defaultValue = "20", description = "Frames that must come meanwhile; 0 where none need. Default: ${DEFAULT-VALUE}.")
  private long leastFrames;

  @Option(names = "--min-app", paramLabel = "VERSION", defaultValue = "0.1.0", description = "Least version of Kerf. Default: ${DEFAULT-VALUE}.")
  private String minApp;

  @Option(names = "--history", paramLabel = "DIR", defaultValue = "rollouts", description = "Folder with what was sent, for rollback. Default: ${DEFAULT-VALUE}.")
  private Path history;

  TrustDocument trusted() throws IOException {
    return SignedTrust.read(Files.readAllBytes(trust)).requireOwnThreshold().document();
  }

  /** @throws FaultException {@link Fault#FLEET_KEY_UNKNOWN} where no station would believe it */
  SigningKey key() throws IOException {
    SigningKey read = SigningKey.read(key);
    if (trusted().signer(read.kid()).isEmpty()) {
      throw new FaultException(Fault.FLEET_KEY_UNKNOWN, key + " is not among the signing keys of " + trust + ", so every station would refuse it. Nothing was sent. Use a key of the "
          + "fleet, or add this one with kerf fleet trust rotate.");
    }
    return read;
  }

  SentRollouts sent(String group) {
    return new SentRollouts(history, group);
  }

  Push.Order order(String fleet, String group, FleetVersion version, Map<String, byte[]> documents, boolean dryRun) throws IOException {
    if (!trusted().fleet().equals(fleet)) {
      throw new FaultException(Fault.BAD_CONFIGURATION, "The group belongs to fleet " + fleet + " and the trust document to " + trusted().fleet() + ". Nothing was sent.");
    }
    Policy policy = new Policy(dryRun, window.map(Window::parse), new Probation(probation, leastFrames, Probation.DEFAULT.patience(), Probation.DEFAULT.mostUnjudged()));
    return new Push.Order(fleet, group, (dryRun ? "dry-" : "r-") + Long.toString(System.currentTimeMillis(), 36), version, documents, policy, valid, minApp);
  }

  FleetVersion version(String group, Collection<Plant.Known> known) throws IOException {
    long epoch = trusted().epoch();
    if (version.isPresent()) {
      return FleetVersion.parse(epoch + "." + version.get());
    }
    Stream<FleetVersion> reported = known.stream().flatMap(station -> station.report().stream()).map(Report::highestSeen).flatMap(Optional::stream);
    return Stream.concat(reported, sent(group).newest().stream()).filter(seen -> seen.epoch() == epoch).max(FleetVersion::compareTo).map(FleetVersion::next)
        .orElse(new FleetVersion(epoch, 1));
  }
}
