package io.kerf.evaluation;

import com.fasterxml.jackson.core.JacksonException;
import io.kerf.evaluation.Summary.Failure;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Several evaluations, one after the other, as one table.
 *
 * <ol>
 *   <li>Each has its report in a folder of its own; one whose report is there already, with the same question, is not made again. So a table
 *       that was interrupted goes on.
 *   <li>One that fails does not stop the others; the table names it.
 *   <li>A set whose held-out parts cannot show the false-reject budget is measured at the tightest they show; the table says so.
 * </ol>
 */
public final class Campaign {
  /** Makes one evaluation and leaves its report in the folder. */
  @FunctionalInterface
  public interface Measurement {
    EvaluationResult make(Combination asked, Path folder) throws IOException;
  }

  private final Path report;
  private final Measurement measurement;
  private final Consumer<String> said;
  private final Clock clock;

  /**
   * @param report folder for the reports and the summary; made where it is missing
   * @param said hears what is going on, a line each
   */
  public Campaign(Path report, Measurement measurement, Consumer<String> said, Clock clock) {
    this.report = report;
    this.measurement = measurement;
    this.said = said;
    this.clock = clock;
  }

  /** Makes all, and writes the summary in its three forms. */
  public Summary run(List<Combination> combinations) throws IOException {
    requireNamesApart(combinations);
    List<EvaluationResult> results = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < combinations.size(); i++) {
      Combination asked = combinations.get(i);
      String place = "[" + (i + 1) + "/" + combinations.size() + "] " + asked.words();
      try {
        results.add(result(asked, place));
      } catch (IOException | RuntimeException e) {
        String reason = e instanceof FaultException fault ? fault.detail() + " [" + fault.fault().code() + "]" : e.toString();
        failures.add(new Failure(asked.words(), reason));
        said.accept(place + " failed: " + reason);
      }
    }
    Summary summary = Summary.of(results, failures, clock.instant());
    write(summary);
    return summary;
  }

  /** Reports of two sets of one name would lie in one folder. */
  private static void requireNamesApart(List<Combination> combinations) {
    for (Combination one : combinations) {
      for (Combination other : combinations) {
        if (one.dataset().name().equals(other.dataset().name()) && !one.dataset().folder().equals(other.dataset().folder())) {
          throw new FaultException(Fault.DATASET_INVALID, one.dataset().folder() + " and " + other.dataset().folder()
              + " have the same name, so their reports cannot be told apart. Rename one, or evaluate them apart.");
        }
      }
    }
  }

  private EvaluationResult result(Combination asked, String place) throws IOException {
    Path folder = report.resolve(asked.folder());
    Optional<EvaluationResult> there = there(asked, folder.resolve(ReportJson.FILE));
    if (there.isPresent()) {
      said.accept(place + ": skipped, " + folder.resolve(ReportJson.FILE) + " has the same settings");
      return there.get();
    }
    said.accept(place);
    Files.createDirectories(folder);
    EvaluationResult result = measured(asked, folder, place);
    said.accept(Figures.format("%s: image AUROC %s, %s", place, Figures.share(result.overall().imageAuroc()), Figures.falseRejectSentence(result.overall())));
    return result;
  }

  private EvaluationResult measured(Combination asked, Path folder, String place) throws IOException {
    try {
      return measurement.make(asked, folder);
    } catch (FaultException tooTight) {
      if (tooTight.fault() != Fault.BUDGET_TOO_TIGHT) {
        throw tooTight;
      }
      Combination shown = asked.withBudgetShown();
      said.accept(place + ": its held-out parts cannot show " + Figures.shortPercent(asked.askedAlpha()) + "; measured at "
          + Figures.shortPercent(shown.settings().falseRejectBudget()));
      return measurement.make(shown, folder);
    }
  }

  /** The result of an earlier run; one that cannot be read, or that answers another question, is made again. */
  private static Optional<EvaluationResult> there(Combination asked, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ReportJson.read(file)).filter(asked::isAnsweredBy);
    } catch (JacksonException otherVersion) {
      return Optional.empty();
    }
  }

  private void write(Summary summary) throws IOException {
    Files.createDirectories(report);
    ReportJson.write(summary, report.resolve(Summary.JSON_FILE));
    Files.writeString(report.resolve(Summary.MARKDOWN_FILE), SummaryMarkdown.render(summary));
    Files.writeString(report.resolve(Summary.HTML_FILE), SummaryPage.render(summary));
  }
}
