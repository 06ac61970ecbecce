package io.kerf.evaluation;

import io.kerf.evaluation.EvaluationResult.Overall;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures in words: the same wording in the table and on the page. Decimal points are points everywhere. */
final class Figures {
  /** Stands for a figure that does not exist. */
  static final String NONE = "–";

  private Figures() {}

  /** An area such as AUROC, with four decimals. */
  static String share(OptionalDouble value) {
    return value.isPresent() ? format("%.4f", value.getAsDouble()) : NONE;
  }

  /** A rate as a percentage with one decimal. */
  static String percent(OptionalDouble rate) {
    return rate.isPresent() ? format("%.1f %%", 100 * rate.getAsDouble()) : NONE;
  }

  /** A rate as a percentage without needless decimals: {@code 5 %}, {@code 0.1 %}. */
  static String shortPercent(double rate) {
    double percent = Math.round(rate * 1e5) / 1e3;
    return (percent == Math.rint(percent) ? format("%.0f", percent) : format("%s", percent)) + " %";
  }

  /** A range of rates: {@code 0–20 %}. */
  static String range(RateBand band) {
    return format("%s–%s", shortPercent(Math.round(band.low() * 1000) / 1e3).replace(" %", ""),
        shortPercent(Math.round(band.high() * 1000) / 1e3));
  }

  static String falseRejectSentence(Overall overall) {
    if (overall.falseRejectBand().isEmpty()) {
      return "No good test parts, so false rejects could not be counted; promised "
          + shortPercent(overall.promisedFalseRejectRate()) + ".";
    }
    return format("%d of %d good parts rejected (%s); promised %s; band %s%s.", overall.falseRejects(), overall.good(),
        percent(overall.falseRejectRate()), shortPercent(overall.promisedFalseRejectRate()), range(overall.falseRejectBand().get()),
        place(overall.falseRejectRate().orElse(0), overall.falseRejectBand().get()));
  }

  private static String place(double rate, RateBand band) {
    if (rate > band.high()) {
      return ", exceeded";
    }
    return rate < band.low() ? ", undercut" : "";
  }

  static String detectionSentence(Overall overall) {
    return overall.detectionInterval()
        .map(interval -> format("%d of %d defective parts stopped (%s; 95 %% confidence %s).", overall.detected(), overall.defective(),
            percent(overall.detectionRate()), range(interval)))
        .orElse("No defective test parts, so detection could not be measured.");
  }

  static String unjudgedSentence(Overall overall) {
    return format("%d of %d parts could not be judged (%d good, %d defective): counted as stopped, left out of AUROC and precision.",
        overall.unjudged(), overall.good() + overall.defective(), overall.unjudgedGood(), overall.unjudged() - overall.unjudgedGood());
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
