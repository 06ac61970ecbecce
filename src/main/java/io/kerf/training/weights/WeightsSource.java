package io.kerf.training.weights;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** Where weights come from: a file of this machine, or an http or https address. Its text is for messages and shows no secret. */
sealed interface WeightsSource permits FileSource, WebSource {
  /** @param bytes how many there are, where the source says so; {@code in} may still end earlier or go on */
  record Content(InputStream in, OptionalLong bytes) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** The last part of path or address; may be empty. */
  String fileName();

  /**
   * Begins to read.
   *
   * @throws FaultException {@link Fault#WEIGHTS_UNREACHABLE} where the source cannot be opened
   */
  Content open();

  /** The fault that a failed read is. */
  FaultException unreachable(IOException e);

  /**
   * What a person typed: with {@code ://} in it an address, else a path.
   *
   * @param patience the longest wait for an answer, and for each further byte, of an address
   * @throws FaultException {@link Fault#BAD_FIELD} where it is neither
   */
  static WeightsSource parse(String text, Duration patience) {
    if (!text.contains("://")) {
      try {
        return new FileSource(Path.of(text));
      } catch (InvalidPathException e) {
        throw new FaultException(Fault.BAD_FIELD, "The source of the weights is not a path of this machine: " + e.getReason() + ".", e);
      }
    }
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      throw new FaultException(Fault.BAD_FIELD, "The address of the weights cannot be read (" + e.getReason() + "): check how it is written.", e);
    }
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https") || address.getHost() == null) {
      throw new FaultException(Fault.BAD_FIELD, "Weights are fetched from http:// and https:// addresses only. Give such a one, or the path of a file.");
    }
    if (address.getRawUserInfo() != null) {
      throw new FaultException(Fault.BAD_FIELD,
          "The address of the weights has a user name in it, which is not sent. Fetch the file with a program that logs in, and give its path.");
    }
    return new WebSource(address, patience);
  }
}
