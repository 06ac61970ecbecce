package io.kerf.training.weights;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Weights in a file of this machine. */
record FileSource(Path file) implements WeightsSource {
  @Override
  public String fileName() {
    return file.getFileName() == null ? "" : file.getFileName().toString();
  }

  @Override
  public Content open() {
    try {
      return new Content(Files.newInputStream(file), Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  @Override
  public FaultException unreachable(IOException e) {
    String reason = e instanceof NoSuchFileException ? "there is no such file"
        : e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    return new FaultException(Fault.WEIGHTS_UNREACHABLE,
        "The weights file " + file + " cannot be read (" + reason + "), so nothing was stored. Check its path and permissions.", e);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
