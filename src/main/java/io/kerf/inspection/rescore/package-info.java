/**
 * Judges stored images again: read {@link io.kerf.inspection.rescore.RescoringRun} first. Answers "since when?": which parts of a time or lot
 * would get another verdict from a given bundle. {@link io.kerf.inspection.rescore.Rescorings} keeps the station's, one at a time.
 *
 * <p>Limits: only images that are still kept ({@code kerf.evidence}) can be judged again; a list of changes is as long as
 * {@code kerf.rescoring.max-changes} allows; nothing of a rescoring survives the end of the process.
 */
package io.kerf.inspection.rescore;
