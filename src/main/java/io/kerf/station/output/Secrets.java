package io.kerf.station.output;

import io.kerf.config.document.SecretSettings;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what the station document only points to. What is read goes into no log and no message. */
final class Secrets {
  private static final int MOST_CHARACTERS = 4096;

  private final Optional<Path> credentials;

  /** @param credentials {@code $CREDENTIALS_DIRECTORY}, where systemd puts what {@code LoadCredential=} names */
  Secrets(Optional<Path> credentials) {
    this.credentials = credentials;
  }

  static Secrets ofThisProcess() {
    return new Secrets(Optional.ofNullable(System.getenv("CREDENTIALS_DIRECTORY")).map(Path::of));
  }

  /** @throws FaultException {@link Fault#SECRET_UNREADABLE} */
  String read(SecretSettings settings) {
    Path file = settings.file().map(Path::of).orElseGet(() -> credential(settings.credential().orElseThrow()));
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      char[] text = new char[MOST_CHARACTERS + 1];
      int length = Math.max(0, reader.read(text));
      String line = new String(text, 0, length).lines().findFirst().orElse("").strip();
      if (line.isEmpty() || line.length() > MOST_CHARACTERS) {
        throw new FaultException(Fault.SECRET_UNREADABLE, "The first line of " + file + " must be a secret of 1 to " + MOST_CHARACTERS + " characters. The output waits for it.");
      }
      return line;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private Path credential(String name) {
    return credentials.map(folder -> folder.resolve(name)).orElseThrow(() -> new FaultException(Fault.SECRET_UNREADABLE,
        "There is no credential " + name + ": the station was not started by systemd with LoadCredential=" + name + ":/path. The output waits for it."));
  }

  static FaultException unreadable(Path file, Exception e) {
    return new FaultException(Fault.SECRET_UNREADABLE, "The file " + file + " cannot be read by user " + System.getProperty("user.name") + " ("
        + e.getClass().getSimpleName() + "). The output waits for it.");
  }
}
