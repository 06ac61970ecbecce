/**
 * From a frame to a recorded verdict: read {@link io.kerf.inspection.InspectionPipeline#inspect} first. Sources and the web call the port
 * {@link io.kerf.inspection.Inspector}; records go to the port {@link io.kerf.inspection.InspectionLog},
 * models come from the port {@link io.kerf.inspection.ModelSource}.
 */
package io.kerf.inspection;
