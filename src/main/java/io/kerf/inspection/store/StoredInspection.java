package io.kerf.inspection.store;

import io.kerf.inspection.Inspection;
import java.util.Optional;

/**
 * An inspection as it was recorded.
 *
 * @param evidence what was kept beside it; empty where the image could not be written. It may have been swept since
 * @param released whether policy has let its images go since
 */
public record StoredInspection(Inspection inspection, Optional<Evidence> evidence, boolean released) {
  /**
   * The files that were kept.
   *
   * @param imageType media type of the image, told by its bytes
   * @param heatMapBytes 0 where there is no heat map
   */
  public record Evidence(String imageType, long imageBytes, long heatMapBytes) {
    public boolean hasHeatMap() {
      return heatMapBytes > 0;
    }

    /** Of a file that holds the image: {@code jpg}, {@code png}, {@code bmp}, {@code tif} or {@code bin}. */
    public String imageExtension() {
      return EvidenceType.ofMediaType(imageType).extension();
    }

    long bytes() {
      return imageBytes + heatMapBytes;
    }
  }

  public boolean hasHeatMap() {
    return evidence.isPresent() && evidence.get().hasHeatMap();
  }
}
