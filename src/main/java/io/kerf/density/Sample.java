package io.kerf.density;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Numbers drawn without replacement, every order being equally likely. */
final class Sample {
  private Sample() {}

  /** Of 0 … {@code count}−1 as many as {@code limit} allows, in the order drawn. */
  static int[] of(int count, int limit, Random random) {
    int[] numbers = IntStream.range(0, count).toArray();
    int drawn = Math.min(count, limit);
    for (int i = 0; i < drawn; i++) {
      int j = i + random.nextInt(count - i);
      int swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
    return Arrays.copyOf(numbers, drawn);
  }
}
