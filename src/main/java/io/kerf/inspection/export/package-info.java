/**
 * Takes records and images out of a station: read {@link io.kerf.inspection.export.Export} first. A table is streamed, an archive holds one image in memory
 * at a time.
 *
 * <p>Limits: an archive holds the images of at most {@code kerf.export.max-parts} parts; one export runs at a time in a station.
 */
package io.kerf.inspection.export;
