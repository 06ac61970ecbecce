package io.kerf.inspection.store;

import io.kerf.inspection.Verdict;

/** How many parts got which verdict. */
public record VerdictCounts(long ok, long ng, long unjudged) {
  public static final VerdictCounts NONE = new VerdictCounts(0, 0, 0);

  public VerdictCounts plus(Verdict verdict, long count) {
    return switch (verdict) {
      case OK -> new VerdictCounts(ok + count, ng, unjudged);
      case NG -> new VerdictCounts(ok, ng + count, unjudged);
      case UNJUDGED -> new VerdictCounts(ok, ng, unjudged + count);
    };
  }
}
