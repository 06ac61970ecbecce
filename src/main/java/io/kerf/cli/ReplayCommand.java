package io.kerf.cli;

import io.kerf.fault.Fault;
import io.kerf.inspection.rescore.Replay;
import io.kerf.inspection.rescore.Replayer;
import io.kerf.inspection.rescore.VerdictChange.Opinion;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a part on record once more and compares. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Judges a part on record once more by the model that judged it, in use or not, and compares. Nothing is written to the data folder.",
    "Exit code 0 where both are the same: to the last digit by the same engine, within a few per cent of the threshold by another; 1 where they are not."})
final class ReplayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "Identifier of the inspection.")
  private String id;

  @Option(names = "--image", paramLabel = "FILE", description = "Judge this image in the place of the stored one.")
  private Optional<Path> image = Optional.empty();

  @Option(names = "--heat-map", paramLabel = "FILE", description = "Write the heat map of now, as PNG.")
  private Optional<Path> heatMap = Optional.empty();

  @Option(names = "--json", description = "Print JSON, as the station's API answers.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    StoredParts parts = StoredParts.open(Fault.NOT_FOUND, Clock.systemUTC());
    Optional<byte[]> given = image.isPresent() ? Optional.of(Files.readAllBytes(image.get())) : Optional.empty();
    Replay replay = new Replayer(parts.rescorer(1), parts::bundles).replay(id, given);
    if (heatMap.isPresent() && replay.heatMapPng().isPresent()) {
      AtomicFiles.write(heatMap.get().toAbsolutePath(), replay.heatMapPng().get());
    }
    PrintWriter out = spec.commandLine().getOut();
    Replay.Report report = replay.report();
    if (json) {
      out.println(ModelsCommand.JSON.writeValueAsString(report));
    } else {
      print(out, "on record", report.onRecord());
      print(out, "now", report.now());
      out.println(report.match() + ": " + report.sentence());
    }
    out.flush();
    return replay.match() == Replay.Match.DIFFERENT ? Fault.EXIT_SOFTWARE : 0;
  }

  private static void print(PrintWriter out, String when, Opinion opinion) {
    out.printf(Locale.ROOT, "%-10s %-8s score %s  p-value %s  threshold %s%s%n", when, opinion.verdict(), number(opinion.score()), number(opinion.pValue()), number(opinion.threshold()),
        opinion.reason().map(reason -> "  " + reason.code()).orElse(""));
  }

  /** With every digit that counts. */
  private static String number(Optional<Double> value) {
    return value.map(String::valueOf).orElse("-");
  }
}
