package io.kerf.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.Fault;
import io.kerf.fleet.protocol.Report;
import io.kerf.fleet.sender.GroupFile;
import io.kerf.fleet.sender.Plant;
import io.kerf.fleet.trust.StrictJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who runs what. */
@Command(name = "status", mixinStandardHelpOptions = true, description = {"Who runs what, who is silent, and what people changed at the stations.",
    "Exit code 1 where a station is away, has said nothing, or has failed."})
final class FleetStatusCommand implements Callable<Integer> {
  @Parameters(paramLabel = "GROUP-FILE", description = "The stations that there should be.")
  private Path file;

  @Mixin
  private FleetReach reach;

  @Option(names = "--json", description = "One JSON line for each station: online, and its newest report.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    GroupFile group = GroupFile.read(file);
    PrintWriter out = spec.commandLine().getOut();
    try (Plant plant = reach.plant(group)) {
      Map<String, Plant.Known> known = new TreeMap<>(plant.stations());
      int poor = 0;
      for (GroupFile.Member member : group.stations()) {
        Optional<Plant.Known> station = Optional.ofNullable(known.get(member.id()));
        poor += isWell(station) ? 0 : 1;
        out.println(json ? line(member.id(), station) : row(member.id(), station));
      }
      if (!json) {
        out.println(group.stations().size() + " stations, " + poor + " away, silent or failed");
      }
      out.flush();
      return poor == 0 ? 0 : Fault.EXIT_SOFTWARE;
    }
  }

  private static boolean isWell(Optional<Plant.Known> station) {
    return station.flatMap(Plant.Known::online).orElse(false) && station.flatMap(Plant.Known::report).filter(report -> report.code().isEmpty()).isPresent();
  }

  private static String row(String id, Optional<Plant.Known> station) {
    String online = station.flatMap(Plant.Known::online).map(is -> is ? "online" : "away").orElse("silent");
    Optional<Report> report = station.flatMap(Plant.Known::report);
    String version = report.map(said -> said.active().version().isEmpty() ? "-" : said.active().version()).orElse("?");
    String drift = report.map(Report::drift).filter(lines -> !lines.isEmpty()).map(lines -> "drift: " + String.join("; ", lines)).orElse("");
    return String.format(Locale.ROOT, "%-24s %-7s %-12s %-16s %-10s %s %s", id, online, version, report.map(said -> said.state().name()).orElse("-"),
        report.map(Report::app).orElse(""), report.flatMap(Report::code).orElse(""), drift).stripTrailing();
  }

  private static String line(String id, Optional<Plant.Known> station) throws IOException {
    ObjectMapper mapper = StrictJson.mapper();
    var node = mapper.createObjectNode().put("station", id);
    station.flatMap(Plant.Known::online).ifPresent(is -> node.put("online", is));
    station.flatMap(Plant.Known::report).ifPresent(report -> node.set("report", mapper.valueToTree(report)));
    return mapper.writeValueAsString(node);
  }
}
