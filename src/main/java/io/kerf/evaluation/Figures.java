package io.kerf.evaluation;

import io.kerf.evaluation.EvaluationResult.Floor;
import io.kerf.evaluation.EvaluationResult.Overall;
import java.util.Locale;
import java.util.Optional;
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

  /** {@code 6 of 20, 30.0 % (0–15 %, exceeded)}: a count with its rate, and where the rate lies to the band of the promise. */
  static String falseRejects(int count, int of, Optional<RateBand> band) {
    double rate = of == 0 ? 0 : count / (double) of;
    return of == 0 ? NONE : format("%d of %d, %s", count, of, percent(OptionalDouble.of(rate)))
        + band.map(b -> " (" + range(b) + place(rate, b) + ")").orElse("");
  }

  /** A difference of areas, with its sign. */
  static String signed(OptionalDouble difference) {
    return difference.isEmpty() ? NONE : format("%+.4f", Math.abs(difference.getAsDouble()) < 5e-5 ? 0.0 : difference.getAsDouble());
  }

  /** {@code 37 of 40, 92.5 %}. */
  static String countOf(int count, int of) {
    return of == 0 ? NONE : format("%d of %d, %s", count, of, percent(OptionalDouble.of(count / (double) of)));
  }

  /** The budget, and the one asked for where it is another. */
  static String alpha(double used, double asked) {
    return shortPercent(used) + (used == asked ? "" : " (" + shortPercent(asked) + " asked)");
  }

  /** What it means where the model ranks worse than what has learnt nothing; empty where it does not. */
  static Optional<String> belowFloorSentence(Overall overall, Floor floor) {
    OptionalDouble own = overall.imageAuroc();
    OptionalDouble highest = floor.highest();
    return own.isEmpty() || highest.isEmpty() || own.getAsDouble() >= highest.getAsDouble() ? Optional.empty()
        : Optional.of(format("The model's image AUROC of %.4f is below its floor: the %s, which has learnt nothing, reaches %.4f on the same images."
            + " What was learnt does not help to find these defects.", own.getAsDouble(), floor.nameOfHighest(), highest.getAsDouble()));
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
