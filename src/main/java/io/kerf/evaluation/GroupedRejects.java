package io.kerf.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * False rejects where good test parts belong together: cells of a module, frames of a sequence. Such parts are good or odd together, so they
 * say less than as many that have nothing to do with each other, and the band of independent parts is too narrow for them.
 *
 * <p>With n parts in groups of sizes nᵢ and intra-class correlation ρ of being rejected, they say as much as n/(1 + (Σnᵢ²/n − 1)ρ)
 * independent ones (L. Kish, "Survey Sampling", 1965, section 5.4, by the size a part finds itself in). ρ is estimated by the analysis of
 * variance, (B − W)/(B + (m − 1)W) with B and W the mean squares between and within groups and m = (n − Σnᵢ²/n)/(k − 1).
 *
 * @param byGroup good test parts by name of their group
 * @param correlation ρ, 0…1
 * @param independentParts how many independent parts say as much, at least 1
 * @param band where the rate lies if the promise is kept, with so many parts
 */
public record GroupedRejects(SortedMap<String, Tally> byGroup, double correlation, int independentParts, RateBand band) {

  /** @param rejected of {@code good} */
  public record Tally(int rejected, int good) {}

  public GroupedRejects {
    byGroup = Collections.unmodifiableSortedMap(new TreeMap<>(byGroup));
  }

  /** Empty unless every good test part has a group, there are at least two, and some hold several parts. */
  static Optional<GroupedRejects> of(List<CaseResult> cases, int heldOut, double promised) {
    List<CaseResult> good = cases.stream().filter(part -> !part.image().defective()).toList();
    if (good.stream().anyMatch(part -> part.image().group().isEmpty())) {
      return Optional.empty();
    }
    SortedMap<String, Tally> byGroup = good.stream().collect(Collectors.toMap(part -> part.image().group().get(), part -> new Tally(part.stopped() ? 1 : 0, 1),
        (a, b) -> new Tally(a.rejected + b.rejected, a.good + b.good), TreeMap::new));
    if (byGroup.size() < 2 || byGroup.size() == good.size()) {
      return Optional.empty();
    }
    double ownGroup = byGroup.values().stream().mapToDouble(t -> (double) t.good * t.good).sum() / good.size();
    double correlation = correlation(byGroup, good.size(), ownGroup);
    int independent = (int) Math.max(1, Math.round(good.size() / (1 + (ownGroup - 1) * correlation)));
    return Optional.of(new GroupedRejects(byGroup, correlation, independent, RateBand.promised(independent, heldOut, promised)));
  }

  /** 0 where all parts were treated alike, and where groups differ less than chance would have it. */
  private static double correlation(SortedMap<String, Tally> byGroup, int parts, double ownGroup) {
    int groups = byGroup.size();
    double rate = byGroup.values().stream().mapToInt(Tally::rejected).sum() / (double) parts;
    double between = byGroup.values().stream().mapToDouble(t -> t.good * Math.pow(t.rejected / (double) t.good - rate, 2)).sum() / (groups - 1);
    double within = byGroup.values().stream().mapToDouble(t -> t.rejected * (1 - t.rejected / (double) t.good)).sum() / (parts - groups);
    double size = (parts - ownGroup) / (groups - 1);
    double total = between + (size - 1) * within;
    return total == 0 ? 0 : Math.max(0, Math.min(1, (between - within) / total));
  }

  /** What the groups make of the promise, for a person. */
  String sentence() {
    String each = byGroup.entrySet().stream().map(e -> Figures.format("%s %d of %d", e.getKey(), e.getValue().rejected, e.getValue().good))
        .collect(Collectors.joining(", "));
    return Figures.format("The good test parts come from %d groups (intra-class correlation of being rejected %.2f): they say as much as %d independent parts, band %s."
        + " By group: %s.", byGroup.size(), correlation, independentParts, Figures.range(band), each);
  }
}
