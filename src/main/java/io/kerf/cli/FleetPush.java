package io.kerf.cli;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.sender.Composition;
import io.kerf.fleet.sender.GroupFile;
import io.kerf.fleet.sender.Plant;
import io.kerf.fleet.sender.Push;
import io.kerf.fleet.sender.RolloutDecision;
import io.kerf.fleet.sender.SentRollouts;
import io.kerf.fleet.sender.Stage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A rollout to a group, stage by stage. */
@Command(name = "push", mixinStandardHelpOptions = true, description = {"Sends a group's document to its stations, stage by stage, and watches what becomes of it.",
    "Stops where too many fail; silence counts as failure. Exit code 0 where it went through, 1 where it stopped."})
final class FleetPush implements Callable<Integer> {
  @Parameters(paramLabel = "GROUP-FILE", description = "Document, variables and stations (YAML); docs/fleet.md shows one.")
  private Path file;

  @Mixin
  private FleetOrder order;

  @Mixin
  private FleetReach reach;

  @Mixin
  private FleetWatch watch;

  @Option(names = "--canary", paramLabel = "N", description = "Stations that go first, in the order of the file. Default: none.")
  private List<Stage> canary = List.of();

  @Option(names = "--then", paramLabel = "STAGE", description = "Further stages: a number, a share such as 10%%, or all. All come last in any case.")
  private List<Stage> then = List.of();

  @Option(names = "--stop-on-failures", paramLabel = "N", defaultValue = "1", description = "So many failures end it. Default: ${DEFAULT-VALUE}.")
  private int stopOnFailures;

  @Option(names = "--patience", paramLabel = "TIME", defaultValue = "20m", description = "After which a station that is not through counts as silent; longer than probation and, where "
      + "there is one, the wait for the window. Default: ${DEFAULT-VALUE}.")
  private Duration patience;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    GroupFile group = GroupFile.read(file);
    Map<String, byte[]> documents = Composition.of(group, DocumentProblem::of);
    try (Plant plant = reach.plant(group)) {
      FleetVersion version = order.version(group.group(), plant.stations().values());
      Push.Order sent = order.order(group.fleet(), group.group(), version, documents, false);
      Push push = new Push(plant, order.key(), sent, Clock.systemUTC(), System::nanoTime);
      order.sent(group.group()).keep(new SentRollouts.Sent(version, sent.rolloutId(), documents));
      List<Stage> stages = new ArrayList<>(canary);
      stages.addAll(then);
      RolloutDecision.Plan plan = new RolloutDecision.Plan(List.copyOf(documents.keySet()), stages, stopOnFailures, patience);
      return watch.run(push, plan, "version " + version + " to group " + group.group(), spec.commandLine());
    }
  }

  /** What a rollout that stopped is to a script. */
  static FaultException stopped(RolloutDecision.Stop stop) {
    return new FaultException(Fault.FLEET_ROLLOUT_STOPPED, "It stopped, as these failed or said nothing: " + String.join(", ", stop.failed().subList(0, Math.min(20, stop.failed().size())))
        + ". Those not sent to yet go on with what they have. See the codes above, and send a better document, or kerf fleet rollback.");
  }
}
