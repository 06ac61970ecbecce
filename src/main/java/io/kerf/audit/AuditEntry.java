package io.kerf.audit;

import io.kerf.storage.Changed;
import io.kerf.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/**
 * One change on record.
 *
 * <p>Its hash is SHA-256 over these seven texts in UTF-8, each as its number of bytes in decimal, a colon, the bytes and a comma: the hash of the entry
 * before, the time in milliseconds since 1970-01-01 UTC, who, action, recipe, subject, detail. The number is no part of it: an entry that
 * stands in another place is sound in itself and does not follow.
 *
 * @param number 1 for the first, one more for each
 * @param at when, to the millisecond
 * @param action {@link Changed.Action#code()}; as text, for a later version may have written it
 * @param recipe empty where the change is of the whole station
 * @param previous hash of the entry before; {@link #NONE} for the first
 */
public record AuditEntry(long number, Instant at, String by, String action, String recipe, String subject, String detail, String previous, String hash) {
  /** What the first entry follows: 64 zeros. */
  public static final String NONE = "0".repeat(64);

  private static final int MOST_CHARACTERS = 500;

  /** The entry of a change. Texts are cut at {@value #MOST_CHARACTERS} characters, and what cannot be printed becomes a space. */
  static AuditEntry of(Changed changed, long number, String previous) {
    AuditEntry unhashed = new AuditEntry(number, changed.at(), legible(changed.by()), changed.action().code(), legible(changed.recipe()),
        legible(changed.subject()), legible(changed.detail()), previous, "");
    return new AuditEntry(number, unhashed.at, unhashed.by, unhashed.action, unhashed.recipe, unhashed.subject, unhashed.detail, previous, unhashed.digest());
  }

  /** Whether this is what was written under this hash, wherever it stands. */
  boolean isSound() {
    return hash.equals(digest());
  }

  private String digest() {
    MessageDigest digester = Sha256.digester();
    for (String text : List.of(previous, Long.toString(at.toEpochMilli()), by, action, recipe, subject, detail)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digester.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digester.update(bytes);
      digester.update((byte) ',');
    }
    return Sha256.hex(digester.digest());
  }

  /** What comes back from the database as it was: no end of a C string, no half of a surrogate pair. */
  private static String legible(String text) {
    StringBuilder legible = new StringBuilder();
    text.codePoints().limit(MOST_CHARACTERS).map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
        .forEach(legible::appendCodePoint);
    return legible.toString();
  }
}
