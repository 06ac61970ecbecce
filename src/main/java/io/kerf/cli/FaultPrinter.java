package io.kerf.cli;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import picocli.CommandLine;

/** Prints what went wrong as one line with its code, and turns it into the exit code. A stack trace only with {@code KERF_DEBUG} set. */
final class FaultPrinter implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (System.getenv("KERF_DEBUG") != null) {
      failure.printStackTrace(err);
    }
    if (failure instanceof FaultException fault) {
      return print(err, fault);
    }
    if (failure instanceof IOException io && AtomicFiles.isDiskFull(io)) {
      return print(err, new FaultException(Fault.DISK_FULL,
          "The disk is full, so what was begun was not ended. Delete what is not needed on that disk, or work on a larger one.", io));
    }
    if (failure instanceof FileSystemException file) {
      err.println("kerf: " + file.getFile() + " cannot be used: " + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason()));
      err.flush();
      return Fault.EXIT_INPUT;
    }
    err.println("kerf: " + Fault.INTERNAL.title() + " [" + Fault.INTERNAL.code() + "]");
    err.println("  " + failure + ". Run again with KERF_DEBUG=1 to see where, and report it.");
    err.flush();
    return Fault.EXIT_SOFTWARE;
  }

  private static int print(PrintWriter err, FaultException fault) {
    err.println("kerf: " + fault.fault().title() + " [" + fault.fault().code() + "]");
    err.println("  " + fault.detail());
    err.flush();
    return fault.fault().exitCode();
  }
}
