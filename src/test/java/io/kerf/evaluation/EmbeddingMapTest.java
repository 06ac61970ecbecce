package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.evaluation.ReportMaterial.Embeddings;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmbeddingMapTest {
  private final Random random = new Random(3);

  @Test
  void groupsThatLieApartStayApartAndTheMapIsTheSameEveryTime() {
    List<Embeddings> groups = List.of(cloud("a", 60, 80, 0), cloud("b", 40, 80, 6));
    List<EmbeddingMap.Point> map = EmbeddingMap.of(groups, 1);
    assertThat(map).hasSize(100).isEqualTo(EmbeddingMap.of(groups, 1)).allSatisfy(point -> {
      assertThat(point.x()).isBetween(0.0, 1.0);
      assertThat(point.y()).isBetween(0.0, 1.0);
    });
    long nearOwn = map.stream().filter(point -> nearest(point, map).group() == point.group()).count();
    assertThat(nearOwn).isGreaterThan(95);
  }

  @Test
  void smallGroupsKeepAllTheirPartsWhereThereAreTooMany() {
    List<Embeddings> groups = List.of(cloud("many", 1_500, 4, 0), cloud("few", 10, 4, 5));
    List<EmbeddingMap.Point> map = EmbeddingMap.of(groups, 1);
    assertThat(map).hasSize(EmbeddingMap.MAX_POINTS);
    assertThat(map).filteredOn(point -> point.group() == 1).hasSize(10);
  }

  @Test
  void tooFewOrEqualEmbeddingsDoNoHarm() {
    assertThat(EmbeddingMap.of(List.of(), 1)).isEmpty();
    assertThat(EmbeddingMap.of(List.of(cloud("a", 5, 8, 0)), 1)).isEmpty();
    assertThat(EmbeddingMap.of(List.of(new Embeddings("same", new float[20][8])), 1)).isEmpty();
    Embeddings some = cloud("some", 30, 8, 0);
    assertThat(EmbeddingMap.of(List.of(some, some, new Embeddings("same", new float[40][8])), 1)).hasSize(100);
  }

  private Embeddings cloud(String name, int count, int dimensions, double centre) {
    float[][] rows = new float[count][dimensions];
    for (float[] row : rows) {
      for (int c = 0; c < dimensions; c++) {
        row[c] = (float) (centre + random.nextGaussian());
      }
    }
    return new Embeddings(name, rows);
  }

  private static EmbeddingMap.Point nearest(EmbeddingMap.Point to, List<EmbeddingMap.Point> map) {
    return map.stream().filter(point -> point != to)
        .min((p, q) -> Double.compare(Math.hypot(p.x() - to.x(), p.y() - to.y()), Math.hypot(q.x() - to.x(), q.y() - to.y())))
        .orElseThrow();
  }
}
