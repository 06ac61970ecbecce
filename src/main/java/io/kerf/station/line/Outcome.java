package io.kerf.station.line;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What became of a part that was to be judged. Each part the line sees has exactly one. */
public sealed interface Outcome {
  /** What a PLC is told: {@link Verdict#UNJUDGED} is an error to it, never a good part. */
  Verdict verdict();

  /** Where the part was seen, as {@link Source#name()}. */
  String source();

  /** Judged and on record. */
  record Judged(Inspection inspection) implements Outcome {
    public Judged {
      Objects.requireNonNull(inspection);
    }

    @Override
    public Verdict verdict() {
      return inspection.verdict();
    }

    @Override
    public String source() {
      return inspection.source();
    }
  }

  /**
   * There was no image to judge, so that nothing is on record: no frame came in time, the frame was too old, the bytes were no image, the queue was full.
   *
   * @param code stable
   * @param detail what happened and what to do, for the operator
   */
  record Missed(String source, Optional<String> partId, Optional<String> lot, String code, String detail, Instant at) implements Outcome {
    public Missed {
      Objects.requireNonNull(source);
      Objects.requireNonNull(partId);
      Objects.requireNonNull(lot);
      Objects.requireNonNull(code);
      Objects.requireNonNull(detail);
      Objects.requireNonNull(at);
    }

    @Override
    public Verdict verdict() {
      return Verdict.UNJUDGED;
    }
  }
}
