package io.kerf.density;

import java.util.Arrays;

/** One number from a map of oddness. */
public enum MapStatistic {
  MEAN {
    @Override
    public double of(float[] map) {
      double sum = 0;
      for (float value : map) {
        sum += value;
      }
      return sum / map.length;
    }
  },
  /** Mean of the highest hundredth of the places, at least one. */
  TOP {
    @Override
    public double of(float[] map) {
      float[] rising = map.clone();
      Arrays.sort(rising);
      int count = Math.max(1, map.length / 100);
      double sum = 0;
      for (int i = rising.length - count; i < rising.length; i++) {
        sum += rising[i];
      }
      return sum / count;
    }
  },
  MAX {
    @Override
    public double of(float[] map) {
      float max = Float.NEGATIVE_INFINITY;
      for (float value : map) {
        max = Math.max(max, value);
      }
      return max;
    }
  };

  /** @param map at least one value */
  public abstract double of(float[] map);
}
