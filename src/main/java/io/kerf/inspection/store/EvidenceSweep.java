package io.kerf.inspection.store;

import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.StoredInspection.Evidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Carries the policy on images out, oldest part first, and remembers how far across restarts. A part whose image it lets go says so on record, before the
 * image goes; one that is held is passed over. Another policy than last time begins at the oldest part again.
 */
final class EvidenceSweep {
  /** So few that no part waits long for its turn to be recorded. */
  private static final int AT_ONCE = 200;

  private final InspectionTable table;
  private final EvidenceFolder folder;

  /** How far a policy was carried out. */
  record Progress(String policy, String sweptTo) {}

  /** An image whose fate is not decided. */
  record Undecided(String id, Verdict verdict, Evidence evidence) {}

  EvidenceSweep(InspectionTable table, EvidenceFolder folder) {
    this.table = table;
    this.folder = folder;
  }

  /**
   * @param upTo no newer part is touched
   * @param mostParts looked at, to go on the next time
   * @param enough asked between steps; ends it
   * @return images let go
   */
  int run(EvidencePolicy policy, String upTo, int mostParts, BooleanSupplier enough) throws IOException {
    if (policy.keepsAll()) {
      return 0;
    }
    String from = table.sweptTo(policy.toString());
    int gone = 0;
    for (int looked = 0; looked < mostParts && from.compareTo(upTo) < 0 && !enough.getAsBoolean(); looked += AT_ONCE) {
      List<Undecided> parts = table.undecided(from, upTo, AT_ONCE);
      gone += release(policy, parts);
      from = parts.size() < AT_ONCE ? upTo : parts.get(parts.size() - 1).id();
      table.sweptTo(new Progress(policy.toString(), from));
    }
    return gone;
  }

  private int release(EvidencePolicy policy, List<Undecided> parts) throws IOException {
    List<String> unwanted = new ArrayList<>();
    for (Undecided part : parts) {
      if (!policy.keeps(part.id(), part.verdict()) && folder.has(part.id(), part.evidence())) {
        unwanted.add(part.id());
      }
    }
    List<String> released = unwanted.isEmpty() ? List.of() : table.release(unwanted);
    for (Undecided part : parts) {
      if (released.contains(part.id())) {
        folder.discard(part.id(), part.evidence());
      }
    }
    return released.size();
  }
}
