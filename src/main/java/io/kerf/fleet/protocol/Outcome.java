package io.kerf.fleet.protocol;

import io.kerf.fault.Fault;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.envelope.Payload;
import java.util.List;
import java.util.Optional;

/** What became of an envelope at reception. */
public sealed interface Outcome {
  /** To be put into force. @param digest of the payload */
  record Accepted(Payload payload, String digest) implements Outcome {}

  /** It would be accepted, and nothing more is wanted. @param difference what would change, for people */
  record DryRun(Payload payload, String difference) implements Outcome {}

  /** It was accepted before: where it stands is reported again. */
  record Again(String deploymentId) implements Outcome {}

  /**
   * Nothing was changed.
   *
   * @param detail what happened, what it means, what to do
   * @param problems of payload and document, all of them; empty where it did not come that far
   * @param deploymentId empty where the signature is not to be believed
   */
  record Refused(Fault fault, String detail, List<DocumentProblem> problems, Optional<String> deploymentId) implements Outcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
