package io.kerf.cli;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.sender.Plant;
import io.kerf.fleet.trust.SignedTrust;
import io.kerf.fleet.trust.SigningKey;
import io.kerf.fleet.trust.TrustDocument;
import io.kerf.fleet.trust.VerifyingKey;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, changes and sends the document that says whom stations believe. */
@Command(name = "trust", mixinStandardHelpOptions = true, description = "Whom stations believe: makes, changes, signs and sends trust documents.",
    subcommands = {FleetTrustCommand.New.class, FleetTrustCommand.Rotate.class, FleetTrustCommand.Sign.class, FleetTrustCommand.Send.class})
final class FleetTrustCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  private static List<VerifyingKey> keys(List<Path> files) throws IOException {
    List<VerifyingKey> keys = new ArrayList<>();
    for (Path file : files) {
      keys.add(SigningKey.readPublic(file));
    }
    return keys;
  }

  private static SignedTrust signed(SignedTrust trust, List<Path> files) throws IOException {
    SignedTrust signed = trust;
    for (Path file : files) {
      signed = signed.signedBy(SigningKey.read(file));
    }
    return signed;
  }

  private static SignedTrust make(TrustMaking making) throws IOException {
    try {
      return signed(SignedTrust.of(making.make()), making.signWith());
    } catch (IllegalArgumentException e) {
      throw new FaultException(Fault.FLEET_TRUST_INVALID, "The trust document cannot be made: " + e.getMessage() + ". Nothing was written.", e);
    }
  }

  private interface TrustMaking {
    TrustDocument make() throws IOException;

    List<Path> signWith();
  }

  @Command(name = "new", mixinStandardHelpOptions = true, description = "Makes the first trust document of a fleet; it is put on each station at installation.")
  static final class New implements Callable<Integer>, TrustMaking {
    @Option(names = "--fleet", paramLabel = "NAME", required = true, description = "Name of the fleet.")
    private String fleet;

    @Option(names = "--root", paramLabel = "FILE", required = true, split = ",", description = "Public keys (.pub) of the roots.")
    private List<Path> roots;

    @Option(names = "--threshold", paramLabel = "N", defaultValue = "1", description = "Roots that must sign together. Default: ${DEFAULT-VALUE}; with three roots, take 2.")
    private int threshold;

    @Option(names = "--signer", paramLabel = "FILE", required = true, split = ",", description = "Public keys (.pub) of those who sign configuration.")
    private List<Path> signers;

    @Option(names = "--sign-with", paramLabel = "FILE", split = ",", description = "Root keys (.key) that are at hand; others add theirs with kerf fleet trust sign.")
    private List<Path> signWith = List.of();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to write it.")
    private Path out;

    @Override
    public TrustDocument make() throws IOException {
      return new TrustDocument(fleet, 1, 1, threshold, keys(roots), keys(signers));
    }

    @Override
    public List<Path> signWith() {
      return signWith;
    }

    @Override
    public Integer call() throws IOException {
      AtomicFiles.write(out, FleetTrustCommand.make(this).bytes());
      return 0;
    }
  }

  @Command(name = "rotate", mixinStandardHelpOptions = true, description = {"Makes the next version of a trust document. A key that is not named is revoked.",
      "Enough roots of both versions must sign it."})
  static final class Rotate implements Callable<Integer>, TrustMaking {
    @Parameters(paramLabel = "TRUST", description = "The one in force.")
    private Path before;

    @Option(names = "--root", paramLabel = "FILE", split = ",", description = "Roots from then on. Default: as before.")
    private List<Path> roots = List.of();

    @Option(names = "--threshold", paramLabel = "N", description = "Default: as before.")
    private Optional<Integer> threshold = Optional.empty();

    @Option(names = "--signer", paramLabel = "FILE", required = true, split = ",", description = "All who sign configuration from then on.")
    private List<Path> signers;

    @Option(names = "--new-epoch", description = "Begin versions anew: for a fleet whose version has run away.")
    private boolean newEpoch;

    @Option(names = "--sign-with", paramLabel = "FILE", split = ",", description = "Root keys (.key) that are at hand.")
    private List<Path> signWith = List.of();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to write it.")
    private Path out;

    @Override
    public TrustDocument make() throws IOException {
      TrustDocument old = SignedTrust.read(Files.readAllBytes(before)).document();
      return new TrustDocument(old.fleet(), old.version() + 1, old.epoch() + (newEpoch ? 1 : 0), threshold.orElse(old.threshold()), roots.isEmpty() ? old.roots() : keys(roots),
          keys(signers));
    }

    @Override
    public List<Path> signWith() {
      return signWith;
    }

    @Override
    public Integer call() throws IOException {
      AtomicFiles.write(out, FleetTrustCommand.make(this).bytes());
      return 0;
    }
  }

  @Command(name = "sign", mixinStandardHelpOptions = true, description = "Adds the signature of a root to a trust document, where that root is kept.")
  static final class Sign implements Callable<Integer> {
    @Parameters(paramLabel = "TRUST", description = "Changed in place.")
    private Path trust;

    @Option(names = "--sign-with", paramLabel = "FILE", required = true, split = ",", description = "Root keys (.key).")
    private List<Path> signWith;

    @Override
    public Integer call() throws IOException {
      AtomicFiles.write(trust, signed(SignedTrust.read(Files.readAllBytes(trust)), signWith).bytes());
      return 0;
    }
  }

  @Command(name = "send", mixinStandardHelpOptions = true, description = "Sends a trust document to the fleet; stations take versions in order, whenever they come.")
  static final class Send implements Callable<Integer> {
    @Parameters(paramLabel = "TRUST", description = "The next version; stations that slept need those between as well, which stay on the broker.")
    private Path trust;

    @Mixin
    private FleetReach reach;

    @Override
    public Integer call() throws Exception {
      SignedTrust signed = SignedTrust.read(Files.readAllBytes(trust)).requireOwnThreshold();
      try (Plant plant = reach.plant(signed.document().fleet())) {
        plant.sendTrust(signed.document().version(), signed.bytes());
      }
      return 0;
    }
  }
}
