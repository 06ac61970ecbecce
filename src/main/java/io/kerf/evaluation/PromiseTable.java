package io.kerf.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@link SummaryPromise}s as rows of text: one for each set, training budget and false-reject budget, a column for each score. */
final class PromiseTable {
  private final List<SummaryPromise> promises;
  private final List<String> scores;

  PromiseTable(Summary summary) {
    promises = summary.promises();
    scores = promises.stream().map(SummaryPromise::score).distinct().toList();
  }

  boolean isEmpty() {
    return promises.isEmpty();
  }

  List<String> head() {
    List<String> head = new ArrayList<>(List.of("set", "budget", "α", "band"));
    head.addAll(scores);
    return head;
  }

  List<List<String>> rows() {
    Map<List<Object>, Map<String, SummaryPromise>> rows = new LinkedHashMap<>();
    promises.forEach(p -> rows.computeIfAbsent(List.of(p.set(), p.budget(), p.alpha()), key -> new LinkedHashMap<>()).put(p.score(), p));
    return rows.values().stream().map(this::cells).toList();
  }

  private List<String> cells(Map<String, SummaryPromise> row) {
    SummaryPromise any = row.values().iterator().next();
    List<String> cells = new ArrayList<>(List.of(any.set(), any.budget(), Figures.shortPercent(any.alpha()), Figures.range(any.band())));
    scores.forEach(score -> cells.add(row.containsKey(score) ? cell(row.get(score)) : Figures.NONE));
    return cells;
  }

  private static String cell(SummaryPromise promise) {
    return promise.rejected() + " of " + promise.good() + (promise.kept() ? "" : ", exceeded");
  }
}
