package io.kerf.cli;

import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.sender.GroupFile;
import io.kerf.fleet.sender.Plant;
import io.kerf.fleet.sender.Push;
import io.kerf.fleet.sender.RolloutDecision;
import io.kerf.fleet.sender.SentRollouts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends what was sent before the last rollout, under a new version, to all at once. */
@Command(name = "rollback", mixinStandardHelpOptions = true, description = {"Sends what a group had before its last rollout, under a new version, to all of it at once.",
    "Versions never fall, so a rollback is one step forwards with the old content."})
final class FleetRollback implements Callable<Integer> {
  @Parameters(paramLabel = "GROUP-FILE", description = "The group.")
  private Path file;

  @Mixin
  private FleetOrder order;

  @Mixin
  private FleetReach reach;

  @Mixin
  private FleetWatch watch;

  @Option(names = "--patience", paramLabel = "TIME", defaultValue = "20m", description = "After which a station counts as silent. Default: ${DEFAULT-VALUE}.")
  private Duration patience;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    GroupFile group = GroupFile.read(file);
    SentRollouts sent = order.sent(group.group());
    SentRollouts.Sent before = sent.before();
    try (Plant plant = reach.plant(group)) {
      FleetVersion version = order.version(group.group(), plant.stations().values());
      Push.Order again = order.order(group.fleet(), group.group(), version, before.documents(), false);
      Push push = new Push(plant, order.key(), again, Clock.systemUTC(), System::nanoTime);
      sent.keep(new SentRollouts.Sent(version, again.rolloutId(), before.documents()));
      List<String> stations = List.copyOf(before.documents().keySet());
      RolloutDecision.Plan all = new RolloutDecision.Plan(stations, List.of(), stations.size() + 1, patience);
      RolloutDecision end = watch.watched(push, all, "back to the content of " + before.version() + " as " + version, spec.commandLine());
      return ((RolloutDecision.Done) end).failed().isEmpty() ? 0 : io.kerf.fault.Fault.EXIT_SOFTWARE;
    }
  }
}
