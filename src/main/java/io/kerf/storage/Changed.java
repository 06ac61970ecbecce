package io.kerf.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * Somebody, or the station by itself, changed what parts are judged by, what is learnt from, or who may do what. Fired as an event by whoever made the change,
 * after it was made and in the same thread; whoever wants to know observes it, is quick about it and throws nothing, for the change stands.
 *
 * @param at when, to the millisecond
 * @param by a person's name, or the part of the station that did it by itself
 * @param recipe which it belongs to; empty where it is of the whole station
 * @param subject what was changed: the digest of a bundle, the id of a part; may be empty
 * @param detail a short text for whoever asks later; may be empty
 */
public record Changed(Instant at, String by, Action action, String recipe, String subject, String detail) {
  public Changed {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    Objects.requireNonNull(by);
    Objects.requireNonNull(action);
    Objects.requireNonNull(recipe);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(detail);
  }

  /** What was done. Its {@link #code()} is kept for ever, so a name is never changed or used for something else. */
  public enum Action {
    /** Subject: the digest of the bundle that is in use from then on. */
    MODEL_ACTIVATED,
    /** By a person, to the bundle that was in use before; subject: its digest. */
    MODEL_ROLLED_BACK,
    /** By the station, to the bundle that was in use before, as the one after it stopped too many parts; subject: the digest returned to. */
    MODEL_SENT_BACK,
    /** A presumed normal was said to be good; subject: its id. */
    NORMAL_CONFIRMED,
    /** Subject: the id of the normal that was taken from the pool. */
    NORMAL_REMOVED,
    /** Subject: the inspection; detail: the word. */
    REVIEW_SAID,
    /** Subject: the inspection; detail: the word that was taken back, and who had said it. */
    REVIEW_TAKEN_BACK,
    /** Subject: the id of the part that was taken from the golden set. */
    GOLDEN_REMOVED,
    /** Subject: the attempt; detail: at which speed, and why. */
    LEARNING_STARTED,
    /** Subject: the attempt; detail: what became of it. */
    LEARNING_ENDED,
    LEARNING_PAUSED,
    LEARNING_RESUMED,
    /** Subject: the attempt, where one had begun. */
    LEARNING_CANCELLED,
    /** Subject: the attempt; the model's own entry names its digest. */
    CANDIDATE_PROMOTED,
    /** By the gate, the trial or a person; subject: the attempt; detail: why. */
    CANDIDATE_REJECTED,
    /** Another station document is in force; subject: its digest; detail: its number, and why. */
    DOCUMENT_CHANGED,
    /** A station document is not valid, and the one in force stays; subject: its digest; detail: what is wrong first. */
    DOCUMENT_REFUSED,
    /** Another recipe is in use; recipe: which. */
    RECIPE_CHANGED,
    /** Subject: the first admin; detail: from where, or that it was by command. */
    STATION_CLAIMED,
    /** Subject: the person; detail: the role. */
    PERSON_ADDED,
    /** Subject: the person; detail: what was changed: role, password, or both. */
    PERSON_CHANGED,
    PERSON_REMOVED,
    /** Subject: the name of the machine; detail: id, role, and when it expires. */
    TOKEN_ADDED,
    /** Subject: the name of the machine; detail: id. */
    TOKEN_REVOKED,
    /** Somebody has to wait, as there were too many wrong attempts; subject: the person whose name was tried, where there is one; detail: from where, and how long. */
    LOGIN_REFUSED,
    /** Subject: the person; detail: from where. */
    LOGGED_IN,
    /** Recipe: the new one; subject: the one it is a copy of. */
    RECIPE_COPIED,
    /** Recipe: the new one; subject: the name it was exported under. */
    RECIPE_IMPORTED,
    /** With all its models, normals and golden parts. */
    RECIPE_REMOVED,
    /** Subject: the deployment, where the envelope was to be believed; detail: the code, and why. Nothing was changed. */
    FLEET_REFUSED,
    /** Subject: the deployment; detail: version and digest of the document that is to be put into force. */
    FLEET_DOCUMENT_STAGED,
    /** Subject: the deployment, which passed its probation. */
    FLEET_DOCUMENT_COMMITTED,
    /** Subject: the deployment; detail: the code, and why the document before it is in force. */
    FLEET_DOCUMENT_ROLLED_BACK,
    /** Subject: the deployment; the document before it could not be put back. */
    FLEET_ROLLBACK_FAILED,
    /** Detail: version and epoch of the trust document from then on. */
    FLEET_TRUST_CHANGED,
    /** Detail: how many changes before this one could not be written to the audit trail. */
    AUDIT_GAP;

    /** Stable, lower-case, hyphenated. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
