package io.kerf.cli;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Moment;
import io.kerf.inspection.rescore.Rescorer;
import io.kerf.inspection.rescore.Rescoring;
import io.kerf.inspection.rescore.RescoringOrder;
import io.kerf.inspection.rescore.RescoringReport;
import io.kerf.inspection.rescore.RescoringRun;
import io.kerf.inspection.rescore.RescoringState;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges the stored images of a time or lot again, and lists whose verdicts change. */
@Command(name = "rescore", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Judges stored images of a time or lot again with any model of the recipe, and lists the parts whose verdict changes: since when, and which.",
    "Nothing is written. Times are as 2026-11-24T06:00:00Z, \"2026-11-24 06:00\" by this machine's clock, or a date alone for its first moment.",
    "Beside a running station ask that one instead (POST /api/rescorings): it lets the line go first."})
final class RescoreCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

  @Mixin
  private DataOptions data;

  @Option(names = "--bundle", paramLabel = "DIGEST", description = "The digest or its beginning. Default: that of the model in use.")
  private Optional<String> bundle = Optional.empty();

  @Option(names = "--from", paramLabel = "TIME", description = "Only parts captured then or later.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "TIME", description = "Only parts captured before.")
  private Optional<String> to = Optional.empty();

  @Option(names = "--lot", paramLabel = "LOT", description = "Only parts of this lot.")
  private Optional<String> lot = Optional.empty();

  @Option(names = "--json", description = "Print JSON, as the station's API answers.")
  private boolean json;

  @Option(names = "--max-changes", paramLabel = "N", defaultValue = "1000", description = "Changes listed at most; all are counted. Default: ${DEFAULT-VALUE}.")
  private int maxChanges;

  @Spec
  private CommandSpec spec;

  private final Clock clock = Clock.systemDefaultZone();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (maxChanges < 1) {
      throw new FaultException(Fault.BAD_FIELD, "--max-changes is " + maxChanges + " but must be at least 1.");
    }
    RescoringOrder order = new RescoringOrder(data.recipe(), bundle, time("--from", from), time("--to", to), lot, System.getProperty("user.name"));
    Rescorer rescorer = StoredParts.open(Fault.NOTHING_TO_RESCORE, clock).rescorer(maxChanges);
    RescoringReport report = followed(rescorer.prepare("command", order, data.store()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ModelsCommand.JSON.writeValueAsString(report));
    } else {
      out.print(RescoreText.of(report, clock.getZone()));
    }
    out.flush();
    return report.state() == RescoringState.DONE ? 0 : Fault.EXIT_SOFTWARE;
  }

  private Optional<Instant> time(String option, Optional<String> text) {
    return text.map(typed -> Moment.parse(option, typed, clock.getZone()));
  }

  /** Runs it to its end with lines on standard error. @throws FaultException where it failed */
  private RescoringReport followed(RescoringRun run) throws InterruptedException {
    Rescoring rescoring = run.rescoring();
    PrintWriter err = spec.commandLine().getErr();
    Interrupt.stops(rescoring, err);
    Thread thread = new Thread(run, "rescoring");
    thread.setDaemon(true);
    thread.start();
    while (!rescoring.awaitEnd(BETWEEN_LINES)) {
      line(err, rescoring.report());
    }
    RescoringReport report = rescoring.report();
    line(err, report);
    Optional<FaultException> problem = rescoring.problem();
    if (problem.isPresent()) {
      throw problem.get();
    }
    return report;
  }

  private static void line(PrintWriter err, RescoringReport report) {
    err.printf(Locale.ROOT, "%3.0f %%  %d of %d parts, %d changes%s%n", 100 * report.share(), report.counts().lookedAt(), report.counts().parts(),
        report.counts().changed(), report.remainingSeconds().map(seconds -> String.format(Locale.ROOT, ", %.0f s left", seconds)).orElse(""));
    err.flush();
  }
}
