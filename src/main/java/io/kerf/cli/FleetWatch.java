package io.kerf.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kerf.fleet.protocol.Report;
import io.kerf.fleet.sender.Push;
import io.kerf.fleet.sender.RolloutDecision;
import io.kerf.fleet.sender.RolloutDecision.Standing;
import io.kerf.fleet.trust.StrictJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Shows a rollout while it runs: a line for each station whose standing has changed and a bar below, or JSON lines for scripts. */
final class FleetWatch {
  @Option(names = "--json", description = "One JSON line for each change, and one at the end.")
  private boolean json;

  private final Map<String, String> told = new HashMap<>();

  /** @return the exit code: 0 where it went through */
  int run(Push push, RolloutDecision.Plan plan, String what, CommandLine line) throws IOException, InterruptedException {
    RolloutDecision end = watched(push, plan, what, line);
    return end instanceof RolloutDecision.Stop stop ? new FaultPrinter().handleExecutionException(FleetPush.stopped(stop), line, null) : 0;
  }

  RolloutDecision watched(Push push, RolloutDecision.Plan plan, String what, CommandLine line) throws IOException, InterruptedException {
    PrintWriter out = line.getOut();
    RolloutDecision end;
    if (json) {
      end = push.run(plan, progress -> changes(progress, out::println));
      ObjectNode last = StrictJson.mapper().createObjectNode().put("outcome", end instanceof RolloutDecision.Done ? "done" : "stopped");
      last.putPOJO("failed", failed(end));
      out.println(last);
    } else {
      try (ProgressBar bar = new ProgressBarBuilder().setTaskName(what).setInitialMax(plan.stations().size()).setStyle(ProgressBarStyle.ASCII)
          .setConsumer(new ConsoleProgressBarConsumer(System.err)).build()) {
        end = push.run(plan, progress -> {
          changes(progress, out::println);
          bar.stepTo(progress.standings().values().stream().filter(standing -> standing != Standing.UNDERWAY).count());
        });
      }
    }
    out.flush();
    return end;
  }

  private static List<String> failed(RolloutDecision end) {
    return end instanceof RolloutDecision.Stop stop ? stop.failed() : ((RolloutDecision.Done) end).failed();
  }

  private void changes(Push.Progress progress, Consumer<String> out) {
    progress.standings().forEach((station, standing) -> {
      Optional<Report> report = Optional.ofNullable(progress.said().get(station));
      Optional<String> unreached = Optional.ofNullable(progress.unreached().get(station));
      String state = unreached.isPresent() ? "UNREACHED" : standing == Standing.SILENT ? "SILENT" : report.map(said -> said.state().name()).orElse("SENT");
      if (!state.equals(told.put(station, state))) {
        out.accept(json ? line(station, state, report, unreached) : row(station, state, report, unreached));
      }
    });
  }

  private static String row(String station, String state, Optional<Report> report, Optional<String> unreached) {
    String why = unreached.or(() -> report.flatMap(Report::code).map(code -> code + ": " + report.get().detail())).orElse("");
    String difference = report.flatMap(Report::difference).map(text -> "\n" + text.indent(4).stripTrailing()).orElse("");
    return String.format(Locale.ROOT, "%-24s %-16s %s", station, state, why).stripTrailing() + difference;
  }

  private static String line(String station, String state, Optional<Report> report, Optional<String> unreached) {
    ObjectNode node = StrictJson.mapper().createObjectNode().put("station", station).put("state", state);
    report.flatMap(Report::code).ifPresent(code -> node.put("code", code));
    unreached.or(() -> report.map(Report::detail)).ifPresent(detail -> node.put("detail", detail));
    report.flatMap(Report::difference).ifPresent(difference -> node.put("difference", difference));
    return node.toString();
  }
}
