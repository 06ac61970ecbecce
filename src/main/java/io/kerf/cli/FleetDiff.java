package io.kerf.cli;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.sender.Composition;
import io.kerf.fleet.sender.GroupFile;
import io.kerf.fleet.sender.Plant;
import io.kerf.fleet.sender.Push;
import io.kerf.fleet.sender.RolloutDecision;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A dry run: the stations themselves check the document and say what would change. */
@Command(name = "diff", mixinStandardHelpOptions = true, description = {"Has stations check a group's document and say what would change, by a signed dry run.",
    "Nothing is changed and no version is used up. Exit code 1 where a station refuses it or says nothing."})
final class FleetDiff implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "GROUP-FILE", description = "Document, variables and stations.")
  private Path file;

  @Parameters(index = "1..*", paramLabel = "STATION", description = "Whom to ask. Default: all of the file.")
  private List<String> stations = List.of();

  @Mixin
  private FleetOrder order;

  @Mixin
  private FleetReach reach;

  @Mixin
  private FleetWatch watch;

  @Option(names = "--patience", paramLabel = "TIME", defaultValue = "30s", description = "For the answers. Default: ${DEFAULT-VALUE}.")
  private Duration patience;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    GroupFile group = GroupFile.read(file);
    Map<String, byte[]> documents = new LinkedHashMap<>(Composition.of(group, DocumentProblem::of));
    if (!documents.keySet().containsAll(stations)) {
      throw new FaultException(Fault.BAD_FIELD, "Not every station that was named is in " + file + ". Nothing was sent.");
    }
    if (!stations.isEmpty()) {
      documents.keySet().retainAll(stations);
    }
    try (Plant plant = reach.plant(group)) {
      Push.Order dryRun = order.order(group.fleet(), group.group(), order.version(group.group(), plant.stations().values()), documents, true);
      Push push = new Push(plant, order.key(), dryRun, Clock.systemUTC(), System::nanoTime);
      RolloutDecision.Plan all = new RolloutDecision.Plan(List.copyOf(documents.keySet()), List.of(), documents.size() + 1, patience);
      RolloutDecision end = watch.watched(push, all, "dry run of group " + group.group(), spec.commandLine());
      return ((RolloutDecision.Done) end).failed().isEmpty() ? 0 : Fault.EXIT_SOFTWARE;
    }
  }
}
