package io.kerf.density;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which good parts are scored by a model that has not learnt from them.
 *
 * @param of for each part the number of the fold it is scored in, or {@value #IN_EVERY_MODEL}
 */
record Folds(int[] of) {
  static final int IN_EVERY_MODEL = -1;

  /**
   * @throws IllegalArgumentException for a number below −1
   * @throws FaultException {@link Fault#TOO_FEW_NORMALS} where there are no parts, or all are in one fold, so that its model has none
   */
  Folds {
    for (int number : of) {
      if (number < IN_EVERY_MODEL) {
        throw new IllegalArgumentException("a fold is numbered from 0, or -1 for parts in every model, not " + number);
      }
    }
    if (of.length == 0 || of[0] >= 0 && Arrays.stream(of).allMatch(number -> number == of[0])) {
      throw new FaultException(Fault.TOO_FEW_NORMALS, "Of " + of.length + " good parts none is left to learn from while the others are scored."
          + " Add good parts.");
    }
  }

  /** The numbers of the folds, rising. */
  int[] numbers() {
    return Arrays.stream(of).filter(number -> number >= 0).distinct().sorted().toArray();
  }

  /** The parts of one fold, or those in every model, rising. */
  int[] members(int number) {
    return IntStream.range(0, of.length).filter(part -> of[part] == number).toArray();
  }

  /** The parts that are in a fold, rising. */
  int[] heldOut() {
    return IntStream.range(0, of.length).filter(part -> of[part] >= 0).toArray();
  }
}
