package io.kerf.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The pictures and embeddings that {@link HtmlReport} shows beside the figures.
 *
 * @param embeddings groups for the map, in the order of the legend; at most eight are told apart by colour
 * @param seed of the map's layout and of the choice of parts where there are too many
 * @param gallery cases by section; sections without cases may be missing
 */
public record ReportMaterial(List<Embeddings> embeddings, long seed, Map<GallerySection, List<GalleryCase>> gallery) {
  public ReportMaterial {
    embeddings = List.copyOf(embeddings);
    gallery = Map.copyOf(gallery);
  }

  /** A report of figures alone. */
  public static ReportMaterial none() {
    return new ReportMaterial(List.of(), 0, Map.of());
  }

  /**
   * Embeddings of one kind of image.
   *
   * @param group name for the legend: {@code normal}, {@code CutPaste}, {@code Scar}, {@code test good}, {@code test defective}
   * @param rows {@code [N, dimensions]}, the same dimensions in all groups; shared, not copied
   */
  public record Embeddings(String group, float[][] rows) {
    public Embeddings {
      Objects.requireNonNull(group);
    }
  }

  /**
   * One part of the gallery. The files grow the report by four thirds of their size; 320 pixels on the longer side are enough.
   *
   * @param image JPEG or PNG
   * @param widthPx of {@code image}
   * @param heightPx of {@code image}
   * @param heatMapPng overlay with transparency, stretched over the image; absent where unjudged
   * @param mask of any extent, stretched over the image
   */
  public record GalleryCase(EvaluationResult.Case result, byte[] image, int widthPx, int heightPx, Optional<byte[]> heatMapPng,
      Optional<Mask> mask) {}
}
