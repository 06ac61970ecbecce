package io.kerf.station.source.folder;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Part and lot, from the name of a file. */
record PartName(Optional<String> partId, Optional<String> lot) {
  private static final int MAX_CHARACTERS = 128;
  private static final Pattern PRINTABLE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}\\ufffd]{1," + MAX_CHARACTERS + "}");

  /**
   * @param pattern with the groups {@code part} and {@code lot}, of which one may be missing; where empty, the name without its extension is the part's id
   * @throws FaultException {@link Fault#BAD_FIELD} where the name does not fit, or what it gives is not 1 to 128 characters that can be printed
   */
  static PartName of(String name, Optional<Pattern> pattern) {
    if (pattern.isEmpty()) {
      int dot = name.lastIndexOf('.');
      return new PartName(Optional.of(printable("part's id", dot > 0 ? name.substring(0, dot) : name)), Optional.empty());
    }
    Matcher matcher = pattern.get().matcher(name);
    if (!matcher.matches()) {
      throw new FaultException(Fault.BAD_FIELD, "The name of the file does not fit the pattern " + pattern.get()
          + ", so nobody could tell which part it is and it was not judged. Name it so, or change the pattern of this source.");
    }
    return new PartName(group(pattern.get(), matcher, "part"), group(pattern.get(), matcher, "lot"));
  }

  private static Optional<String> group(Pattern pattern, Matcher matcher, String group) {
    if (!pattern.pattern().contains("(?<" + group + ">")) {
      return Optional.empty();
    }
    return Optional.ofNullable(matcher.group(group)).filter(text -> !text.isBlank()).map(text -> printable(group.equals("lot") ? "lot" : "part's id", text));
  }

  private static String printable(String what, String text) {
    if (!PRINTABLE.matcher(text).matches()) {
      throw new FaultException(Fault.BAD_FIELD, "The name of the file gives no valid " + what + ", so it was not judged. Use at most " + MAX_CHARACTERS
          + " characters that can be printed.");
    }
    return text;
  }
}
