/**
 * Keeps inspections: {@link io.kerf.inspection.store.InspectionStore} writes each verdict to SQLite and its images to files, and
 * answers questions about them. The adapter behind {@link io.kerf.inspection.InspectionLog}; knows {@code inspection} and
 * {@code storage}.
 *
 * <p>{@link io.kerf.inspection.store.InspectionStore#search} finds verdicts by {@link io.kerf.inspection.store.InspectionFilter}, each page within a bounded number of
 * rows ({@code SearchPlan} says how). {@link io.kerf.inspection.store.Retention} carries out the {@link io.kerf.inspection.store.RetentionPolicy} in force.
 *
 * <p>Limits: a verdict survives the death of the process as soon as it was recorded; what was recorded in the last seconds before
 * a loss of <em>power</em> may be lost (see {@link io.kerf.inspection.store.InspectionStore}). Images are kept as long as
 * {@code kerf.evidence.*} allows, verdicts as {@code kerf.records.*} does.
 */
package io.kerf.inspection.store;
