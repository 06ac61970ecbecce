package io.kerf.audit;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says whether entries are the chain that was written, and where not. Takes them in the order of their numbers, one at a time, up to the
 * first that is wrong.
 */
public final class AuditChain {
  private final Optional<String> keptHead;
  private final Predicate<String> hashOfSomeEntry;
  private long entries;
  private String head = AuditEntry.NONE;
  private boolean keptHeadSeen;
  private Optional<Broken> broken = Optional.empty();

  /**
   * @param keptHead a head that somebody kept elsewhere, to be looked for
   * @param hashOfSomeEntry whether any entry, wherever it stands, has this hash; asked once at most
   */
  public AuditChain(Optional<String> keptHead, Predicate<String> hashOfSomeEntry) {
    this.keptHead = keptHead;
    this.hashOfSomeEntry = hashOfSomeEntry;
    this.keptHeadSeen = keptHead.isEmpty() || keptHead.get().equals(AuditEntry.NONE);
  }

  /** What was found. */
  public sealed interface Finding {}

  /** Every entry follows the one before. @param head hash of the last, {@link AuditEntry#NONE} where there is none */
  public record Intact(long entries, String head) implements Finding {}

  /** The entries that are there follow each other, and none of them is the head that was kept. */
  public record HeadMissing(String keptHead, long entries, String head) implements Finding {
    /** What it means, for people. */
    public String sentence() {
      return "No entry has the kept head " + keptHead + ". The " + entries + " entries that are there follow each other, so the end of the trail was cut off or all of it"
          + " was written anew since that head was kept, or the head is of another station or of a database that was set aside.";
    }
  }

  /** @param number of the first entry that is wrong */
  public record Broken(long number, Kind kind, String sentence) implements Finding {}

  /** What is wrong with an entry. */
  public enum Kind {
    /** It is not what was written. */
    CHANGED,
    /** It, or what it followed, is not there. */
    MISSING,
    /** It stands in another place than it was written in. */
    REORDERED
  }

  /** Looks at the next entry; false where something is wrong with it, and the rest says nothing more. */
  public boolean take(AuditEntry entry) {
    broken = broken.or(() -> wrong(entry));
    if (broken.isPresent()) {
      return false;
    }
    entries++;
    head = entry.hash();
    keptHeadSeen |= keptHead.filter(head::equals).isPresent();
    return true;
  }

  private Optional<Broken> wrong(AuditEntry entry) {
    long due = entries + 1;
    if (!entry.isSound()) {
      return Optional.of(new Broken(entry.number(), Kind.CHANGED, "Entry " + entry.number() + " is not what was written: its content or its hash was changed."));
    }
    if (entry.previous().equals(head)) {
      return entry.number() == due ? Optional.empty() : Optional.of(reordered(entry, "it follows entry " + (due - 1) + " and has another number"));
    }
    if (entry.previous().equals(AuditEntry.NONE) || hashOfSomeEntry.test(entry.previous())) {
      return Optional.of(reordered(entry, "it follows another entry than entry " + (due - 1)));
    }
    return Optional.of(entry.number() == due
        ? new Broken(due, Kind.MISSING, "Entry " + due + " does not follow " + (due == 1 ? "the beginning: entries before it are missing."
            : "entry " + (due - 1) + ": entry " + (due - 1) + " was replaced, or one between them is missing."))
        : new Broken(due, Kind.MISSING, "Entry " + due + " is missing: the next one has number " + entry.number() + "."));
  }

  private static Broken reordered(AuditEntry entry, String why) {
    return new Broken(entry.number(), Kind.REORDERED, "Entry " + entry.number() + " stands in another place than it was written in: " + why + ".");
  }

  /** What the entries taken so far are. */
  public Finding finding() {
    if (broken.isPresent()) {
      return broken.get();
    }
    return keptHeadSeen ? new Intact(entries, head) : new HeadMissing(keptHead.orElseThrow(), entries, head);
  }
}
