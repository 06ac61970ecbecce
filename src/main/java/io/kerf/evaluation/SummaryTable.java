package io.kerf.evaluation;

import io.kerf.density.ScoreKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A {@link Summary} as rows of text, for Markdown and for the page. */
final class SummaryTable {
  private static final int AREA_DECIMALS = 3;

  private final Summary summary;
  private final List<ScoreKind> kinds;

  SummaryTable(Summary summary) {
    this.summary = summary;
    this.kinds = List.copyOf(new TreeSet<>(summary.rows().stream().flatMap(row -> row.scores().keySet().stream()).toList()));
  }

  List<String> head() {
    List<String> head = new ArrayList<>(List.of("set", "budget"));
    if (drawn()) {
      head.add("normals");
    }
    head.addAll(List.of("α", "seeds", "image AUROC"));
    kinds.forEach(kind -> head.add(kind.label()));
    head.addAll(List.of("floor: random encoder", "floor: thumbnail", "best in hindsight", "pixel AUROC", "AUPRO", "good parts rejected (band)", "detected",
        "training s", "steps", "inference ms"));
    return head;
  }

  List<List<String>> rows() {
    return summary.rows().stream().map(this::cells).toList();
  }

  private List<String> cells(SummaryRow row) {
    List<String> cells = new ArrayList<>(List.of(row.set(), row.budget()));
    if (drawn()) {
      cells.add(row.normals().isPresent() ? String.valueOf(row.normals().getAsInt()) : "all");
    }
    cells.add(Figures.alpha(row.alpha(), row.askedAlpha()));
    cells.add(row.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    cells.add(area(row.imageAuroc()));
    kinds.forEach(kind -> cells.add(area(Optional.ofNullable(row.scores().get(kind)))));
    List.of(row.randomEncoder(), row.thumbnail(), row.hindsight(), row.pixelAuroc(), row.aupro()).forEach(spread -> cells.add(area(spread)));
    cells.add(Figures.falseRejects(row.falseRejects().rejected(), row.falseRejects().good(), row.falseRejects().band())
        + row.falseRejects().byGroup().map(band -> ", by group " + Figures.range(band)).orElse(""));
    cells.add(Figures.countOf(row.detections().detected(), row.detections().defective()));
    cells.add(words(row.trainingSeconds(), 0));
    cells.add(words(row.trainingSteps(), 0));
    cells.add(words(row.inferenceMillis(), 1));
    return cells;
  }

  private boolean drawn() {
    return summary.rows().stream().anyMatch(row -> row.normals().isPresent());
  }

  private static String area(Optional<Spread> spread) {
    return words(spread, AREA_DECIMALS);
  }

  private static String words(Optional<Spread> spread, int decimals) {
    return spread.map(s -> s.words(decimals)).orElse(Figures.NONE);
  }
}
