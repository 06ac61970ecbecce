/**
 * Judging one frame: the words every source, store and page share. {@link io.kerf.inspection.Inspector} is the port that sources
 * call, {@link io.kerf.inspection.InspectionLog} the one behind which verdicts are kept.
 */
package io.kerf.inspection;
