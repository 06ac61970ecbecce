package io.kerf.cli;

import io.kerf.evaluation.Campaign;
import io.kerf.evaluation.Combination;
import io.kerf.evaluation.ConsoleTable;
import io.kerf.evaluation.Dataset;
import io.kerf.evaluation.Evaluation;
import io.kerf.evaluation.EvaluationResult;
import io.kerf.evaluation.HtmlReport;
import io.kerf.evaluation.Summary;
import io.kerf.evaluation.SummaryMarkdown;
import io.kerf.fault.Fault;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a model on a labelled data set, or models on several. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Measures on a labelled data set (train/good, test/<class>, ground_truth/<class>): learns a model unless given one, prints a table,"
        + " and writes report.json and report.html. With several sets, seeds or budgets it makes a report of each, skips those that are there"
        + " already, and writes summary.md, summary.json and summary.html.")
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SET", arity = "1..*", description = "Folders of data sets.")
  private List<Path> folders;

  @Option(names = "--bundle", paramLabel = "DIR", description = "Measure this bundle instead of learning one.")
  private Optional<Path> bundle = Optional.empty();

  @Option(names = "--report", paramLabel = "DIR",
      description = "Write the report and the bundles into this folder; of several evaluations each into <set>/<budget>-seed<seed> below it.")
  private Optional<Path> report = Optional.empty();

  @Mixin
  private CampaignOptions campaign;

  @Mixin
  private LearningOptions options;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    campaign.check(folders.size(), bundle.isPresent(), report.isPresent());
    List<Dataset> sets = folders.stream().map(Dataset::read).toList();
    return campaign.several(sets.size()) ? several(sets) : one(campaign.combination(sets.get(0), options));
  }

  private int one(Combination asked) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Bundle> given = bundle.isPresent() ? Optional.of(BundleStore.read(bundle.get())) : Optional.empty();
    Path work = report.isPresent() ? Files.createDirectories(report.get()) : Files.createTempDirectory("kerf-evaluate");
    try (TrainingDisplay display = new TrainingDisplay(spec.commandLine().getErr())) {
      Evaluation.Findings findings = new Evaluation(asked, display).run(given, work);
      out.println(ConsoleTable.render(findings.result()));
      if (report.isPresent()) {
        findings.write(work);
        out.println("Report: " + work.resolve(HtmlReport.FILE));
        out.println("Bundle: " + findings.bundle());
      }
      out.flush();
    } finally {
      if (report.isEmpty()) {
        AtomicFiles.deleteTree(work);
      }
    }
    return 0;
  }

  private int several(List<Dataset> sets) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Path reports = report.orElseThrow();
    Summary summary = new Campaign(reports, this::measure, line -> {
      err.println(line);
      err.flush();
    }, Clock.systemUTC()).run(campaign.combinations(sets, options));
    PrintWriter out = spec.commandLine().getOut();
    out.println(SummaryMarkdown.render(summary));
    out.println("Summary: " + reports.resolve(Summary.HTML_FILE));
    out.flush();
    return summary.failures().isEmpty() ? 0 : Fault.EXIT_SOFTWARE;
  }

  private EvaluationResult measure(Combination asked, Path folder) throws IOException {
    try (TrainingDisplay display = new TrainingDisplay(spec.commandLine().getErr())) {
      Evaluation.Findings findings = new Evaluation(asked, display).run(Optional.empty(), folder);
      findings.write(folder);
      return findings.result();
    }
  }
}
