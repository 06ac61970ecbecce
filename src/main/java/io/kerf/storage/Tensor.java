package io.kerf.storage;

import java.util.Arrays;

/**
 * A named block of {@code float32} numbers in row-major order.
 *
 * @param shape extent of each dimension; empty for a scalar
 * @param values as many as the product of {@code shape}; shared, not copied
 */
public record Tensor(long[] shape, float[] values) {
  public Tensor {
    long expected = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (expected != values.length) {
      throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
    }
  }

  public static Tensor vector(float[] values) {
    return new Tensor(new long[] {values.length}, values);
  }

  public static Tensor scalar(double value) {
    return new Tensor(new long[0], new float[] {(float) value});
  }

  /** Rows of equal length as a matrix {@code [rows.length, rows[0].length]}. */
  public static Tensor matrix(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] flat = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * columns, columns);
    }
    return new Tensor(new long[] {rows.length, columns}, flat);
  }
}
