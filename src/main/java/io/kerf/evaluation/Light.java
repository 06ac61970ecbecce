package io.kerf.evaluation;

import java.util.List;

/**
 * How much of what happens to a line's pictures over time a model bears: lamps that age, exposures that are changed, a lens or a camera that
 * is touched. Judged by the fused score and the model's own threshold.
 *
 * @param undisturbed the same parts as they are
 * @param disturbed one row for each disturbance; none for those that change nothing in these pictures
 */
public record Light(LightRow undisturbed, List<LightRow> disturbed) {
  static final String HELD_OUT_NOTE = "Held-out parts are good parts of the training set that the encoder has not learnt from; the densities have, so undisturbed "
      + "they are rejected less often than promised.";

  public Light {
    disturbed = List.copyOf(disturbed);
  }

  /** In words, what is borne and what is not. */
  String sentence(double alpha) {
    List<String> weak = disturbed.stream().filter(LightRow::weak).map(LightRow::disturbance).toList();
    String limits = "more than " + Figures.shortPercent(LightRow.BORNE_PROMISES * alpha) + " of the good parts rejected or an image AUROC lower by more than "
        + LightRow.BORNE_LOSS;
    String borne = weak.isEmpty() ? "All " + disturbed.size() + " disturbances are borne: none leaves " + limits + "."
        : weak.size() + " of " + disturbed.size() + " disturbances are not borne (" + limits + "): " + String.join(", ", weak) + ".";
    return borne + (undisturbed.weak() ? " But undisturbed already more good parts are rejected than that." : "");
  }
}
