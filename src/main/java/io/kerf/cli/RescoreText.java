package io.kerf.cli;

import io.kerf.inspection.rescore.RescoringReport;
import io.kerf.inspection.rescore.VerdictChange;
import io.kerf.inspection.rescore.VerdictChange.Opinion;
import io.kerf.model.Bundle;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** A rescoring as plain text: what changed since when, then one line for each part whose verdict changes. */
final class RescoreText {
  private static final String ROW = "%-19s  %-20s  %-12s  %-14s  %-17s  %-17s  %-12s  %s%n";
  private static final String NONE = "–";

  private final StringBuilder text = new StringBuilder();
  private final DateTimeFormatter time;

  private RescoreText(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
  }

  static String of(RescoringReport report, ZoneId zone) {
    RescoreText made = new RescoreText(zone);
    made.summary(report);
    made.table(report);
    report.notes().forEach(note -> made.text.append(note).append('\n'));
    return made.text.toString();
  }

  private void summary(RescoringReport report) {
    RescoringReport.Counts counts = report.counts();
    line("%d of %d parts judged again with bundle %s: %d verdicts change, %d stay, %d of them to the last digit.", counts.changed() + counts.unchanged(), counts.parts(),
        report.order().bundle().map(Bundle::shortened).orElse(NONE), counts.changed(), counts.unchanged(), counts.identical());
    report.transitions().forEach(one -> line("%s → %s: %d, the first %s, the last %s", one.before(), one.after(), one.count(), named(one.first()), named(one.last())));
  }

  private String named(VerdictChange change) {
    return time(change.capturedAt()) + change.partId().map(id -> " (part " + id + ")").orElse("");
  }

  private void table(RescoringReport report) {
    if (report.changes().isEmpty() || report.changes().get().isEmpty()) {
      return;
    }
    text.append(String.format(Locale.ROOT, "%n" + ROW, "captured", "part", "lot", "verdict", "score", "p-value", "bundle before", "inspection"));
    for (VerdictChange change : report.changes().get()) {
      text.append(String.format(Locale.ROOT, ROW, time(change.capturedAt()), change.partId().orElse(NONE), change.lot().orElse(NONE),
          change.before().verdict() + "→" + change.after().verdict(), score(change.before()) + " → " + score(change.after()),
          pValue(change.before()) + " → " + pValue(change.after()), change.before().bundle().map(RescoreText::shortened).orElse(NONE), change.id()));
    }
    text.append('\n');
  }

  private static String score(Opinion opinion) {
    return number("%.2f", opinion.score());
  }

  private static String pValue(Opinion opinion) {
    return number("%.4f", opinion.pValue());
  }

  private static String number(String format, Optional<Double> value) {
    return value.map(number -> String.format(Locale.ROOT, format, number)).orElse(NONE);
  }

  private static String shortened(String digest) {
    return digest.length() > Bundle.SHORT_DIGEST ? Bundle.shortened(digest) : digest;
  }

  private String time(Instant instant) {
    return time.format(instant);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
