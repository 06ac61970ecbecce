package io.kerf.evaluation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several evaluations as one table: what {@code summary.json} holds, field for field.
 *
 * @param rows one for each set and budget of which a run succeeded, in the order asked
 * @param promises how often each score rejects good parts at usual budgets
 * @param failures combinations without a result
 */
public record Summary(Instant createdAt, List<SummaryRow> rows, List<SummaryPromise> promises, List<Failure> failures) {
  public static final String JSON_FILE = "summary.json";
  public static final String MARKDOWN_FILE = "summary.md";
  public static final String HTML_FILE = "summary.html";

  /** @param combination in words. @param reason for a person */
  public record Failure(String combination, String reason) {}

  public Summary {
    rows = List.copyOf(rows);
    promises = List.copyOf(promises);
    failures = List.copyOf(failures);
  }

  static Summary of(List<EvaluationResult> results, List<Failure> failures, Instant now) {
    Map<List<String>, List<EvaluationResult>> runs = new LinkedHashMap<>();
    results.forEach(result -> runs.computeIfAbsent(List.of(result.dataset(), result.settings().budget()), key -> new ArrayList<>()).add(result));
    return new Summary(now, runs.values().stream().map(SummaryRow::of).toList(),
        runs.values().stream().map(SummaryPromise::of).flatMap(List::stream).toList(), failures);
  }

  /** What the reader of the table has to know, one sentence each. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    remarks.add("AUROC figures are means ± sample standard deviations over seeds. Counts are of all seeds together, against the band of one run: the runs "
        + "judge the same test parts, so together they say little more than one.");
    rows.stream().filter(row -> row.alpha() != row.askedAlpha()).map(SummaryRow::set).distinct().forEach(set -> remarks.add(Figures.format(
        "%s: its held-out parts cannot show a false-reject rate of %s, so the tightest they show was promised.", set,
        Figures.shortPercent(rows.stream().filter(row -> row.set().equals(set)).findFirst().orElseThrow().askedAlpha()))));
    List<String> below = rows.stream().filter(SummaryRow::belowFloor).map(row -> row.set() + " (" + row.budget() + ")").toList();
    if (!below.isEmpty()) {
      remarks.add("Below the higher of its floors, so not helped by what was learnt: " + String.join(", ", below) + ".");
    }
    rows.stream().filter(row -> row.falseRejects().byGroup().isPresent()).map(SummaryRow::set).distinct().forEach(set -> remarks.add(set
        + ": its good test parts belong together in groups, so they may say less than as many independent parts; the band by group allows for it."));
    failures.forEach(failure -> remarks.add("No result for " + failure.combination() + ": " + failure.reason()));
    return remarks;
  }
}
