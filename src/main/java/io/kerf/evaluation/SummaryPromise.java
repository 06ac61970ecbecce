package io.kerf.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link Promise}s of one score of all seeds of a set and budget together.
 *
 * @param band of one run, the widest: the runs judge the same test parts
 */
public record SummaryPromise(String set, String budget, String score, double alpha, int rejected, int good, RateBand band) {

  /** @param runs of one set and budget, at least one */
  static List<SummaryPromise> of(List<EvaluationResult> runs) {
    Map<List<Object>, List<Promise>> alike = new LinkedHashMap<>();
    runs.forEach(run -> run.promises().forEach(p -> alike.computeIfAbsent(List.of(p.alpha(), p.score()), key -> new ArrayList<>()).add(p)));
    EvaluationResult first = runs.get(0);
    return alike.values().stream().map(of -> new SummaryPromise(first.dataset(), first.settings().budget(), of.get(0).score(), of.get(0).alpha(),
        of.stream().mapToInt(Promise::rejected).sum(), of.stream().mapToInt(Promise::good).sum(), RateBand.widest(of.stream().map(Promise::band).toList()))).toList();
  }

  /** Whether no more were rejected than the band allows. */
  boolean kept() {
    return band.allows(rejected, good);
  }
}
