package io.kerf.fault;

import java.util.Objects;

/**
 * A {@link Fault} that happened, with its detail: what happened here, what it means, and what to do.
 *
 * <p>The message is written for the person who reads it and never carries a stack trace or a secret.
 */
public final class FaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  public FaultException(Fault fault, String detail) {
    this(fault, detail, null);
  }

  public FaultException(Fault fault, String detail, Throwable cause) {
    super(Objects.requireNonNull(detail), cause);
    this.fault = Objects.requireNonNull(fault);
  }

  public Fault fault() {
    return fault;
  }

  /** What happened here, what it means and what to do, in one to three sentences. */
  public String detail() {
    return getMessage();
  }
}
