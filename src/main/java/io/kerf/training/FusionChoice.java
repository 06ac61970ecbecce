package io.kerf.training;

import io.kerf.density.Fusion;
import io.kerf.density.ScoreKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which scores a model fuses, and why. A pure function of the evidence.
 *
 * <p>Synthetic defects favour what was trained on synthetic defects, so the evidence does not choose freely. The prior is what did best on
 * public sets of real defects: the thumbnail's density, which learns nothing and so cannot be misled by a lesson, at weight
 * {@value #THUMBNAIL_WEIGHT}, and the <em>agreement</em> of local density and dense head at weight 1: a place that only one of them finds odd
 * is more often a good part seen too rarely than a defect. Where the encoder has no dense head the pooled feature takes its place, and
 * without either the local density stands alone. Another combination is taken only where the mean area under the ROC curve over all kinds
 * of unseen defects is clearly larger: by {@value #MARGIN}, and by {@value #NOISE}/√n more with n held-out parts.
 *
 * <p>With fewer than {@value #FEW} held-out parts much that is good was never seen and one odd part weighs heavily: then the statistics must
 * agree as well, and no evidence moves the prior.
 *
 * @param reasons for a person, one sentence each
 */
public record FusionChoice(Fusion fusion, List<String> reasons) {
  static final double THUMBNAIL_WEIGHT = 2;
  static final double MARGIN = 0.03;
  static final double NOISE = 0.2;
  static final int FEW = 30;

  /** Chooses among the scores there is evidence for. */
  static FusionChoice of(SyntheticEvidence evidence) {
    List<Candidate> candidates = candidates(evidence.good()).stream().map(fusion -> new Candidate(fusion, evidence.auroc(fusion))).toList();
    Candidate prior = candidates.get(0);
    Candidate best = candidates.stream().max(Comparator.comparingDouble(Candidate::auroc)).orElse(prior);
    int parts = evidence.good().get(ScoreKind.THUMBNAIL).length;
    Candidate chosen = parts >= FEW && best.auroc > prior.auroc + margin(parts) ? best : prior;
    List<String> reasons = new ArrayList<>();
    reasons.add("Scores by " + chosen.words() + ": " + (chosen != prior
        ? "it finds unseen synthetic defects better than the prior, " + prior.words()
        : parts < FEW ? "the prior, which " + parts + " held-out parts say too little to move"
        : "the prior, as no combination finds unseen synthetic defects better by more than " + String.format(Locale.ROOT, "%.3f", margin(parts))) + ".");
    reasons.add("Area under the ROC curve on unseen synthetic defects: " + candidates.stream().sorted(Comparator.comparingDouble(Candidate::auroc).reversed())
        .map(Candidate::words).collect(Collectors.joining(", ")) + ".");
    return new FusionChoice(chosen.fusion, reasons);
  }

  /** @param parts held out */
  static double margin(int parts) {
    return MARGIN + NOISE / Math.sqrt(parts);
  }

  /**
   * Every combination that is weighed, the prior first.
   *
   * @param heldOut scores of held-out parts by kind, the thumbnail's among them: what the scales come from
   */
  public static List<Fusion> candidates(Map<ScoreKind, double[]> heldOut) {
    boolean few = heldOut.get(ScoreKind.THUMBNAIL).length < FEW;
    return combinations(heldOut.keySet().stream().sorted().toList(), few).stream().map(terms -> {
      List<Fusion.Term> all = new ArrayList<>(List.of(Fusion.Term.of(THUMBNAIL_WEIGHT, List.of(ScoreKind.THUMBNAIL), heldOut)));
      terms.forEach(kinds -> all.add(Fusion.Term.of(1, kinds, heldOut)));
      return new Fusion(all);
    }).toList();
  }

  /** Exactly these, at equal weights, because someone asked for them. */
  static FusionChoice asked(List<ScoreKind> kinds, SyntheticEvidence evidence) {
    Fusion fusion = new Fusion(kinds.stream().map(kind -> Fusion.Term.of(1, List.of(kind), evidence.good())).toList());
    return new FusionChoice(fusion, List.of("Scores by " + fusion.description() + ": asked for."));
  }

  private record Candidate(Fusion fusion, double auroc) {
    String words() {
      return fusion.description() + String.format(Locale.ROOT, " (%.3f)", auroc);
    }
  }

  /**
   * What stands beside the thumbnail, as terms of the kinds that must agree; the prior first.
   *
   * @param few whether the statistics must agree in the prior
   */
  static List<List<List<ScoreKind>>> combinations(List<ScoreKind> there, boolean few) {
    List<ScoreKind> learnt = Stream.of(ScoreKind.DENSE_TOP, ScoreKind.POOLED).filter(there::contains).toList();
    List<List<ScoreKind>> singles = there.stream().filter(kind -> kind == ScoreKind.LOCAL || learnt.contains(kind)).map(List::of).toList();
    boolean canAgree = there.contains(ScoreKind.LOCAL) && !learnt.isEmpty();
    List<List<List<ScoreKind>>> all = new ArrayList<>();
    if (canAgree) {
      all.add(List.of(List.of(ScoreKind.LOCAL, learnt.get(0))));
    }
    singles.forEach(single -> all.add(List.of(single)));
    if (singles.size() > 1) {
      all.add(singles);
    }
    all.add(List.of());
    if (there.contains(ScoreKind.STATISTICS)) {
      List.copyOf(all).forEach(terms -> all.add(Stream.concat(terms.stream(), Stream.of(List.of(ScoreKind.STATISTICS))).toList()));
      if (canAgree) {
        all.add(few ? 0 : all.size(), List.of(List.of(ScoreKind.LOCAL, learnt.get(0), ScoreKind.STATISTICS)));
      }
    }
    return all;
  }
}
