package io.kerf.station.demo;

import java.util.SplittableRandom;

/**
 * Noise drawn once for a renderer, of which every part shows another place. All of it repeats without a seam.
 */
final class Grain {
  static final int TURNING_ROWS = 1024;
  static final int TURNING_COLUMNS = 256;
  static final int CLOUD_SIDE = 256;
  static final int SENSOR = 1 << 16;

  private final float[] turning;
  private final float[] cloud;
  private final float[] sensor;

  Grain(SplittableRandom random) {
    turning = turning(random);
    cloud = cloud(random);
    sensor = gaussian(random, SENSOR);
  }

  /**
   * Marks of a lathe's tool: differ from row to row, drawn out along columns.
   *
   * @return zero mean, about unit deviation
   */
  float turning(int row, int column) {
    return turning[(row & TURNING_ROWS - 1) * TURNING_COLUMNS + (column & TURNING_COLUMNS - 1)];
  }

  /** Soft clouds with detail down to 2 units, bilinear; zero mean, about unit deviation. */
  float cloud(float x, float y) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    float right = x - column;
    float down = y - row;
    int top = (row & CLOUD_SIDE - 1) * CLOUD_SIDE;
    int bottom = (row + 1 & CLOUD_SIDE - 1) * CLOUD_SIDE;
    int first = column & CLOUD_SIDE - 1;
    int second = column + 1 & CLOUD_SIDE - 1;
    float upper = cloud[top + first] + right * (cloud[top + second] - cloud[top + first]);
    float lower = cloud[bottom + first] + right * (cloud[bottom + second] - cloud[bottom + first]);
    return upper + down * (lower - upper);
  }

  /** White, Gaussian, unit deviation. */
  float sensor(int index) {
    return sensor[index & SENSOR - 1];
  }

  private static float[] turning(SplittableRandom random) {
    float[] turning = new float[TURNING_ROWS * TURNING_COLUMNS];
    for (int row = 0; row < TURNING_ROWS; row++) {
      float[] noise = gaussian(random, TURNING_COLUMNS);
      float ring = (float) random.nextGaussian();
      int reach = 4 + random.nextInt(28);
      float scale = (float) Math.sqrt(2 * reach + 1);
      double sum = 0;
      for (int i = -reach; i <= reach; i++) {
        sum += noise[i & TURNING_COLUMNS - 1];
      }
      for (int column = 0; column < TURNING_COLUMNS; column++) {
        turning[row * TURNING_COLUMNS + column] = 0.6f * ring + 0.8f * (float) sum / scale;
        sum += noise[column + reach + 1 & TURNING_COLUMNS - 1] - noise[column - reach & TURNING_COLUMNS - 1];
      }
    }
    return turning;
  }

  /** Octaves of value noise, each half as strong as the one twice its size. */
  private static float[] cloud(SplittableRandom random) {
    float[] cloud = new float[CLOUD_SIDE * CLOUD_SIDE];
    float strength = 0.62f;
    for (int cells = 8; cells <= CLOUD_SIDE / 2; cells *= 2) {
      float[] lattice = gaussian(random, cells * cells);
      int step = CLOUD_SIDE / cells;
      for (int y = 0; y < CLOUD_SIDE; y++) {
        for (int x = 0; x < CLOUD_SIDE; x++) {
          float right = smooth(x % step / (float) step);
          float down = smooth(y % step / (float) step);
          int column = x / step;
          int row = y / step;
          int nextColumn = (column + 1) % cells;
          int nextRow = (row + 1) % cells * cells;
          float upper = lattice[row * cells + column] * (1 - right) + lattice[row * cells + nextColumn] * right;
          float lower = lattice[nextRow + column] * (1 - right) + lattice[nextRow + nextColumn] * right;
          cloud[y * CLOUD_SIDE + x] += strength * (upper * (1 - down) + lower * down) * 1.6f;
        }
      }
      strength *= 0.6f;
    }
    return cloud;
  }

  private static float smooth(float t) {
    return t * t * (3 - 2 * t);
  }

  private static float[] gaussian(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
