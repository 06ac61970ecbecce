package io.kerf.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/** How maps of coarser stages come to the extent of finer ones. */
class EnlargementTest {
  /**
   * By hand: four columns lie at −¼, ¼, ¾, 1¼ of the two, held at the ends: 0, ¼, ¾, 1; three rows at −⅙, ½, 1⅙: 0, ½, 1. Each value is the
   * column's share plus twice the row's.
   */
  @Test
  void isBilinearBetweenCentresThatStayHalfAPixelFromTheEdge() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray map = manager.create(new float[] {0, 1, 2, 3}, new Shape(1, 1, 2, 2));
      NDArray fine = DenseHead.enlarged(map, manager.zeros(new Shape(1, 7, 3, 4)));
      assertThat(fine.getShape()).isEqualTo(new Shape(1, 1, 3, 4));
      assertThat(fine.toFloatArray()).containsExactly(new float[] {0, 0.25f, 0.75f, 1, 1, 1.25f, 1.75f, 2, 2, 2.25f, 2.75f, 3}, within(1e-6f));
    }
  }

  @Test
  void leavesAMapOfTheSameExtentAlone() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray map = manager.create(new float[] {3, 1, 2, 5, 4, 6}, new Shape(1, 1, 2, 3));
      assertThat(DenseHead.enlarged(map, manager.zeros(new Shape(1, 9, 2, 3)))).isSameAs(map);
    }
  }
}
