package io.kerf.cli;

import io.kerf.fleet.trust.SigningKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key pair, for a root or a signer. */
@Command(name = "keygen", mixinStandardHelpOptions = true, description = {"Makes an Ed25519 key pair: NAME.key, which its owner alone may read, and NAME.pub.",
    "Prints the kid. Keep root keys on different machines that are offline."})
final class FleetKeygen implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Of the two files.")
  private String name;

  @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "Default: this folder.")
  private Path out;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    SigningKey key = SigningKey.generate();
    key.write(out, name);
    spec.commandLine().getOut().println(key.kid());
    return 0;
  }
}
