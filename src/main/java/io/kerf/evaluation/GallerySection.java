package io.kerf.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What the gallery of a report shows, and which parts belong there. */
public enum GallerySection {
  /** The oddest good parts: those rejected, then those nearest to it. */
  FALSE_REJECTS("Good parts, oddest first",
      "Good parts that were rejected, or came closest to it. Look for what they have in common: dirt, a turned part, other light.") {
    @Override
    Predicate<CaseResult> belongs() {
      return part -> !part.image().defective();
    }

    @Override
    Comparator<CaseResult> order() {
      return BY_SCORE.reversed();
    }
  },
  /** The least odd defective parts: those that passed, then those nearest to it. */
  MISSES("Defective parts, least odd first",
      "Defective parts that passed, or came closest to it. If the heat map is dark over the outline, the model does not see this defect.") {
    @Override
    Predicate<CaseResult> belongs() {
      return part -> part.image().defective();
    }

    @Override
    Comparator<CaseResult> order() {
      return BY_SCORE;
    }
  },
  /** The oddest parts rightly stopped. */
  DETECTIONS("Clearest detections", "Defective parts that were stopped with the widest margin. The heat map should lie on the outline.") {
    @Override
    Predicate<CaseResult> belongs() {
      return part -> part.image().defective() && part.stopped();
    }

    @Override
    Comparator<CaseResult> order() {
      return BY_SCORE.reversed();
    }
  };

  private static final Comparator<CaseResult> BY_SCORE = Comparator.comparingDouble(part -> part.score().orElseThrow());

  private final String title;
  private final String explanation;

  GallerySection(String title, String explanation) {
    this.title = title;
    this.explanation = explanation;
  }

  /** Picks the judged parts for this section, the most telling first. */
  public List<CaseResult> choose(List<CaseResult> cases, int limit) {
    return cases.stream().filter(part -> part.score().isPresent()).filter(belongs()).sorted(order()).limit(limit).toList();
  }

  String title() {
    return title;
  }

  String explanation() {
    return explanation;
  }

  abstract Predicate<CaseResult> belongs();

  abstract Comparator<CaseResult> order();
}
