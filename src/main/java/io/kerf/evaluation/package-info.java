/**
 * Measures a model on a labelled data set and shows what was found.
 *
 * <p>Start at {@link io.kerf.evaluation.Dataset}, which reads the images' names and what is true of them, and
 * {@link io.kerf.evaluation.Scorecard}, which takes each judged image and makes the figures of an
 * {@link io.kerf.evaluation.EvaluationResult}. That result is written by {@link io.kerf.evaluation.ReportJson} ({@code report.json}),
 * {@link io.kerf.evaluation.ConsoleTable} (a terminal) and {@link io.kerf.evaluation.HtmlReport} ({@code report.html}, one file that
 * loads nothing from anywhere).
 *
 * <p>Beside the fused score's figures a report has every single score's, two floors (a random encoder and a small picture, neither of which
 * has learnt anything), what the best choice of scores would have been ({@link io.kerf.evaluation.Hindsight}) and, where asked, what is left
 * of it when light and place change ({@link io.kerf.evaluation.Light}).
 *
 * <p>{@link io.kerf.evaluation.Campaign} makes several {@link io.kerf.evaluation.Combination}s of set, budget and seed, skips those whose
 * report is there, and lays them out as one {@link io.kerf.evaluation.Summary} ({@code summary.json}, {@code summary.md},
 * {@code summary.html}).
 *
 * <p>Limits: images are found by their ending; pixel figures see heat values to a relative 1.3 · 10⁻⁴; the map of embeddings shows at
 * most 1,000 parts; at most 100 defective parts are disturbed; bands and intervals are exact but hold for parts drawn independently, which
 * neighbours on a line are not.
 */
package io.kerf.evaluation;
