package io.kerf.inspection.export;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** One export at a time, so that the disk and the line's processors have little of it. */
public final class Exports {
  private final Export export;
  private final Semaphore turn = new Semaphore(1);

  public Exports(Export export) {
    this.export = export;
  }

  /** Writes something with the export. */
  public interface Work {
    void write(Export export) throws IOException;
  }

  /**
   * Does some of the work of an export, alone.
   *
   * @throws FaultException {@link Fault#BUSY} while another runs
   */
  public void alone(Work work) throws IOException {
    if (!turn.tryAcquire()) {
      throw new FaultException(Fault.BUSY, "Another export is running, and one runs at a time. Wait for its end, then ask again.");
    }
    try {
      work.write(export);
    } finally {
      turn.release();
    }
  }
}
