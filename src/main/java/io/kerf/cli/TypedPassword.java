package io.kerf.cli;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password from a person's keyboard, unseen and typed twice; or the first line of the standard input, for scripts. Never an argument, which every user can read. */
final class TypedPassword {
  private TypedPassword() {}

  /** @throws FaultException {@link Fault#BAD_FIELD} where the two differ or there is none */
  static String read(PrintWriter prompt) {
    Console console = System.console();
    if (console == null) {
      return line();
    }
    prompt.flush();
    char[] first = console.readPassword("New password: ");
    char[] second = console.readPassword("Once more: ");
    if (first == null || !Arrays.equals(first, second)) {
      throw new FaultException(Fault.BAD_FIELD, "The two passwords differ, so nothing was changed.");
    }
    return new String(first);
  }

  private static String line() {
    try {
      String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      if (line == null) {
        throw new FaultException(Fault.BAD_FIELD, "There is no password on the standard input, so nothing was changed.");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
