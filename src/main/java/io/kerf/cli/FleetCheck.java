package io.kerf.cli;

import io.kerf.config.Version;
import io.kerf.fault.FaultException;
import io.kerf.fleet.DocumentCheck;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.protocol.Outcome;
import io.kerf.fleet.protocol.Reception;
import io.kerf.fleet.protocol.Situation;
import io.kerf.fleet.trust.SignedTrust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Receives an envelope as a station would that has seen nothing yet. */
@Command(name = "check", mixinStandardHelpOptions = true, description = {"Receives a signed envelope as a station of this version would that has seen nothing yet:",
    "signature, audience, epoch, time, payload and document. What it would change on a station kerf fleet diff asks the station itself."})
final class FleetCheck implements Callable<Integer> {
  /** What it would change is a station's to say. */
  private static final DocumentCheck SCHEMA = new DocumentCheck() {
    @Override
    public List<DocumentProblem> check(byte[] document) {
      return DocumentProblem.of(document);
    }

    @Override
    public String difference(byte[] document) {
      return "";
    }
  };

  @Parameters(paramLabel = "ENVELOPE", description = "File that kerf fleet sign has written.")
  private Path envelope;

  @Option(names = "--trust", paramLabel = "FILE", required = true, description = "Trust document in force.")
  private Path trust;

  @Option(names = "--as", paramLabel = "AUDIENCE", required = true, description = "Who receives it: stations/<id> or groups/<group>.")
  private Audience audience;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    SignedTrust trusted = SignedTrust.read(Files.readAllBytes(trust)).requireOwnThreshold();
    Situation situation = new Situation(trusted.document(), Set.of(audience), Optional.empty(), false,
        Situation.floored(Clock.systemUTC().instant(), Version.BUILT, Optional.empty()), Version.CURRENT);
    Outcome outcome = Reception.receive(Files.readAllBytes(envelope), situation, SCHEMA);
    if (outcome instanceof Outcome.Refused refused) {
      throw new FaultException(refused.fault(), refused.detail());
    }
    spec.commandLine().getOut().println("It would be accepted.");
    return 0;
  }
}
