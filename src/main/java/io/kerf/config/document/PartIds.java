package io.kerf.config.document;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.MatchResult;

/**
 * Which ids of parts belong to a recipe: a regular expression in RE2 syntax (no look-around, no back references), which matches in time linear in the length of the
 * id, so that no document can hang the line.
 */
public final class PartIds {
  /** A longer id fits no pattern. */
  public static final int MAX_CHARACTERS = 128;
  /** Of the compiled expression: a millisecond or two for the longest id. */
  private static final int MAX_SIZE = 5_000;
  /** Of what repetitions come to, which is looked at before anything is compiled. */
  private static final long MAX_REPETITIONS = 50_000;
  private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern.compile("\\{(?:[0-9]+,)?([0-9]+),?\\}");

  private final Pattern pattern;

  private PartIds(Pattern pattern) {
    this.pattern = pattern;
  }

  /** @throws IllegalArgumentException saying what is wrong with it */
  public static PartIds of(String expression) {
    if (repetitions(expression) > MAX_REPETITIONS) {
      throw tooLarge();
    }
    Pattern compiled;
    try {
      compiled = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getDescription() + " (" + e.getPattern() + ")", e);
    }
    if (compiled.programSize() > MAX_SIZE) {
      throw tooLarge();
    }
    return new PartIds(compiled);
  }

  /** At most, whichever of them are nested. */
  private static long repetitions(String expression) {
    long product = 1;
    for (MatchResult count : (Iterable<MatchResult>) COUNT.matcher(expression).results()::iterator) {
      String most = count.group(1);
      product = Math.min(MAX_REPETITIONS + 1, product * Math.max(1, most.length() > 4 ? MAX_REPETITIONS + 1 : Long.parseLong(most)));
    }
    return product;
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException("it repeats too much to be looked at for every part; use * or + instead of large counts");
  }

  /** Whether the whole id fits. */
  public boolean fit(String partId) {
    return partId.length() <= MAX_CHARACTERS && pattern.matches(partId);
  }
}
