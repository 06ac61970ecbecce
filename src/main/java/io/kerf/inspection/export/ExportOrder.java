package io.kerf.inspection.export;

import io.kerf.inspection.store.InspectionFilter;
import java.util.Map;

/**
 * What is to be taken out.
 *
 * @param query the same as it was asked for, to be told in the archive
 * @param station that the archive is of
 */
public record ExportOrder(InspectionFilter filter, Map<String, String> query, String station) {
  public ExportOrder {
    query = Map.copyOf(query);
  }
}
