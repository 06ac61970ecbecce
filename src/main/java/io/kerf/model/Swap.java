package io.kerf.model;

import io.kerf.fault.Fault;
import java.util.Optional;

/** What became of the wish to use another bundle. */
public sealed interface Swap {
  /** It is in use now. @param replaced the one in use before */
  record Done(String digest, Optional<String> replaced) implements Swap {}

  /** It was in use already; nothing changed. */
  record Unchanged(String digest) implements Swap {}

  /** The one in use stays. @param fault why, for programs. @param detail why, for people */
  record Refused(Fault fault, String detail) implements Swap {}
}
