package io.kerf.cli;

import io.kerf.evaluation.ConsoleTable;
import io.kerf.evaluation.Dataset;
import io.kerf.evaluation.Evaluation;
import io.kerf.evaluation.HtmlReport;
import io.kerf.evaluation.ReportJson;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a model on a labelled data set. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Measures on a labelled data set (train/good, test/<class>, ground_truth/<class>): learns a model unless given one, prints a table,"
        + " and writes report.json and report.html.")
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DATASET", description = "The data set's folder.")
  private Path folder;

  @Option(names = "--bundle", paramLabel = "DIR", description = "Measure this bundle instead of learning one.")
  private Optional<Path> bundle = Optional.empty();

  @Option(names = "--report", paramLabel = "DIR", description = "Write report.json, report.html and the bundles into this folder.")
  private Optional<Path> report = Optional.empty();

  @Mixin
  private LearningOptions options;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Dataset dataset = Dataset.read(folder);
    Optional<Bundle> given = bundle.isPresent() ? Optional.of(BundleStore.read(bundle.get())) : Optional.empty();
    Path work = report.isPresent() ? Files.createDirectories(report.get()) : Files.createTempDirectory("kerf-evaluate");
    try (TrainingDisplay display = new TrainingDisplay(spec.commandLine().getErr())) {
      Evaluation evaluation = new Evaluation(dataset, options.settings(), options.lengthInWords(), display);
      Evaluation.Findings findings = evaluation.run(given, work);
      out.println(ConsoleTable.render(findings.result()));
      if (report.isPresent()) {
        ReportJson.write(findings.result(), work.resolve("report.json"));
        HtmlReport.write(findings.result(), findings.material(), work.resolve("report.html"));
        out.println("Report: " + work.resolve("report.html"));
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
}
