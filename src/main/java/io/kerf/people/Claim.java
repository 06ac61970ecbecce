package io.kerf.people;

import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The code by which whoever has the machine or its label shows that they may claim it. Made once, kept in {@code people/claim-code} until the station is claimed; or
 * fixed by configuration, for a label.
 */
public final class Claim {
  /** Without those that are taken for others: 0 and O, 1, I and L, U and V. */
  private static final String LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
  private static final int GROUP = 4;
  private static final int CHARACTERS = 8;

  private final RosterFile people;
  private final Optional<String> fixed;

  /** @param fixed by configuration */
  public Claim(RosterFile people, Optional<String> fixed) {
    this.people = people;
    this.fixed = fixed;
  }

  /** Whether the code is on a label, and so must not be in the log. */
  public boolean fixed() {
    return fixed.isPresent();
  }

  /** The code, made where there is none yet. @throws FaultException where it cannot be written */
  public synchronized String code() {
    if (fixed.isPresent()) {
      return fixed.get();
    }
    try {
      if (Files.exists(file())) {
        String kept = Files.readString(file()).strip();
        if (canonical(kept).length() == CHARACTERS) {
          return kept;
        }
      }
      people.prepare();
      String made = made();
      AtomicFiles.write(file(), made.getBytes(StandardCharsets.US_ASCII));
      return made;
    } catch (IOException e) {
      throw AtomicFiles.fault(file(), e);
    }
  }

  /** Whatever its case, dashes and spaces. */
  boolean fits(String given) {
    return given != null && Secrets.same(canonical(code()), canonical(given));
  }

  /** Once the station is claimed it is good for nothing. */
  public void burn() {
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      throw AtomicFiles.fault(file(), e);
    }
  }

  private Path file() {
    return people.folder().resolve("claim-code");
  }

  private static String made() {
    return IntStream.range(0, CHARACTERS).mapToObj(i -> (i == GROUP ? "-" : "") + LETTERS.charAt(Secrets.below(LETTERS.length()))).collect(Collectors.joining());
  }

  private static String canonical(String code) {
    return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }
}
