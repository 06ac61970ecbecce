package io.kerf.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a fleet's owner does from a laptop or a build server. */
@Command(name = "fleet", mixinStandardHelpOptions = true, description = "Sends configuration to many stations, signed, and says what became of it.",
    subcommands = {FleetKeygen.class, FleetTrustCommand.class, FleetSign.class, FleetCheck.class, FleetDiff.class, FleetPush.class, FleetStatusCommand.class, FleetRollback.class},
    footer = {"", "Exit codes: 0 done, 1 a rollout stopped or a station failed, 2 the input was at fault. docs/fleet.md leads through all of it."})
final class FleetCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }
}
