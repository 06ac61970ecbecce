package io.kerf.fault;

/**
 * Everything that can go wrong in a way a person, a script or a fleet can see.
 *
 * <p>The {@link #code()} is stable: scripts and fleets match on it, so a code is never renamed or reused. The HTTP status is what
 * the web answers with; the exit code is what a command ends with ({@value #EXIT_INPUT} for what the caller can mend,
 * {@value #EXIT_SOFTWARE} for what failed on this side).
 */
public enum Fault {
  NO_BODY("no-body", 400, "The request has no image"),
  NOT_AN_IMAGE("not-an-image", 400, "The bytes are not a readable image"),
  IMAGE_TRUNCATED("image-truncated", 400, "The image ends before it is complete"),
  IMAGE_TOO_LARGE("image-too-large", 413, "The image has more bytes or pixels than this station accepts"),
  IMAGE_TOO_SMALL("image-too-small", 400, "The image is too small to judge"),
  IMAGE_UNSUPPORTED("image-unsupported", 415, "This kind of image is not supported"),
  MEDIA_TYPE_UNSUPPORTED("media-type-unsupported", 415, "The content type is not an image or a form"),
  BAD_FIELD("bad-field", 400, "A field of the request is not valid"),
  NOT_FOUND("not-found", 404, "There is nothing at this address"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "This address does not take that method"),
  NOT_ACCEPTABLE("not-acceptable", 406, "This address does not answer in that format"),
  BUSY("busy", 503, "The station is judging as many parts as it can"),
  SHUTTING_DOWN("shutting-down", 503, "The station is stopping"),
  INTERNAL("internal", 500, "The station failed to answer"),

  LOGIN_NEEDED("login-needed", 401, "That is for people who have logged in"),
  WRONG_LOGIN("wrong-login", 401, "Name and password do not fit"),
  NOT_ALLOWED("not-allowed", 403, "That is for people with other rights"),
  UNCLAIMED("unclaimed", 403, "Nobody has claimed this station yet"),
  WRONG_CLAIM_CODE("wrong-claim-code", 403, "That is not the claim code"),
  ALREADY_CLAIMED("already-claimed", 409, "The station has been claimed before"),
  TLS_NEEDED("tls-needed", 403, "That needs an encrypted connection"),
  CROSS_SITE("cross-site", 403, "The request does not come from a page of this station"),
  LOCKED_OUT("locked-out", 429, "There were too many wrong attempts"),
  LOGIN_BUSY("login-busy", 503, "Others are logging in at this moment"),
  NAME_TAKEN("name-taken", 409, "The name is taken"),
  LAST_ADMIN("last-admin", 409, "The station would have no admin"),
  PEOPLE_DAMAGED("people-damaged", 503, "The file of people cannot be read"),
  CERTIFICATE_UNUSABLE("certificate-unusable", 500, "The certificate cannot be used"),

  DATA_FOLDER_UNUSABLE("data-folder-unusable", 500, "The data folder cannot be written"),
  DISK_FULL("disk-full", 507, "The disk is full"),
  BAD_CONFIGURATION("bad-configuration", 400, "The configuration is not valid"),
  DOCUMENT_INVALID("document-invalid", 400, "The station document is not valid"),
  DOCUMENT_CHANGED("document-changed", 409, "The station document is another by now"),
  AUDIT_BROKEN("audit-broken", 500, "The audit trail is not what was written"),
  AUDIT_MISSING("audit-missing", 404, "There is no audit trail"),

  OUTPUT_FAILED("output-failed", 502, "The output did not take it"),
  OUTPUT_UNTESTABLE("output-untestable", 409, "The output cannot be tried without moving the line"),
  SECRET_UNREADABLE("secret-unreadable", 500, "A secret, key or certificate cannot be read"),
  RECIPE_NOT_FOUND("recipe-not-found", 404, "There is no such recipe"),
  RECIPE_EXISTS("recipe-exists", 409, "There is a recipe of that name"),
  RECIPE_IN_USE("recipe-in-use", 409, "The recipe is in use"),
  RECIPE_FILE_INVALID("recipe-file-invalid", 400, "The file is not a whole recipe"),
  RECIPE_FILE_UNSUPPORTED("recipe-file-unsupported", 400, "The recipe was exported by another version"),
  RECIPE_FILE_TOO_LARGE("recipe-file-too-large", 413, "The file holds more than a recipe may"),

  NO_IMAGES("no-images", 400, "The folder holds no images"),
  TOO_FEW_NORMALS("too-few-normals", 400, "There are too few good parts to learn from"),
  BUDGET_TOO_TIGHT("budget-too-tight", 400, "The false-reject budget is tighter than the held-out parts can show"),
  DATASET_INVALID("dataset-invalid", 400, "The folder is not a data set"),
  WEIGHTS_INVALID("weights-invalid", 400, "The weights do not fit the encoder"),
  WEIGHTS_UNREACHABLE("weights-unreachable", 400, "The weights could not be fetched"),
  WEIGHTS_DIGEST_MISMATCH("weights-digest-mismatch", 400, "The weights are not those that the digest was given for"),
  WEIGHTS_NAME_TAKEN("weights-name-taken", 409, "Other weights are stored under this name"),

  BUNDLE_NOT_FOUND("bundle-not-found", 404, "There is no such bundle"),
  BUNDLE_CORRUPT("bundle-corrupt", 409, "The bundle is damaged"),
  BUNDLE_UNSUPPORTED("bundle-unsupported", 409, "The bundle was made by another version"),
  NO_PREVIOUS_BUNDLE("no-previous-bundle", 409, "There is no bundle to return to"),
  MODEL_PINNED("model-pinned", 409, "The station document says which model is used"),
  DRAIN_OVERDUE("drain-overdue", 409, "Frames still hold the bundle before"),
  ENGINE_UNAVAILABLE("engine-unavailable", 500, "The inference engine cannot be used"),
  PLAN_UNUSABLE("plan-unusable", 500, "The compiled encoder cannot be used"),
  COMPILATION_FAILED("compilation-failed", 500, "The encoder could not be compiled for this device"),

  EXPORT_TOO_LARGE("export-too-large", 413, "The search finds more parts than one archive may hold"),
  IMAGE_GONE("image-gone", 404, "The image of the part is not kept any more"),
  NOTHING_TO_REPLAY("nothing-to-replay", 409, "No model judged this part"),

  NO_SUCH_SOURCE("no-such-source", 404, "There is no such camera"),
  NOT_TRIGGERED("not-triggered", 409, "The camera is not one that is triggered"),
  SOURCE_OFF("source-off", 409, "This way for parts to come is switched off"),
  NO_FRAME("no-frame", 504, "No frame of the camera came in time"),
  STALE_FRAME("stale-frame", 504, "The frame was too old to be judged"),

  NOTHING_TO_RESCORE("nothing-to-rescore", 400, "No part on record is in that span"),
  RESCORING_RUNNING("rescoring-running", 409, "Another rescoring is running"),

  TRAINING_FAILED("training-failed", 500, "Training failed"),
  TRAINING_OUT_OF_MEMORY("training-out-of-memory", 500, "Training needed more memory than it may use"),
  TRAINING_STOPPED("training-stopped", 409, "Training was stopped before it had learnt anything"),
  TRAINING_HUNG("training-hung", 500, "Training did not go on"),
  LEARNING_REFUSED("learning-refused", 409, "That cannot be done with what is being learnt now"),
  GOLDEN_PART_MISSED("golden-part-missed", 409, "The model misses a golden bad part that the model in use finds"),
  EXPORT_DISAGREES("export-disagrees", 500, "The exported encoder does not compute what was trained"),

  FLEET_TOO_LARGE("fleet-too-large", 413, "The envelope has more bytes than a station takes"),
  FLEET_TOO_DEEP("fleet-too-deep", 400, "The envelope is nested too deep"),
  FLEET_NOT_AN_ENVELOPE("fleet-not-an-envelope", 400, "The bytes are not a signed envelope"),
  FLEET_ALGORITHM_REFUSED("fleet-algorithm-refused", 400, "The envelope is not signed in the one way that counts"),
  FLEET_KEY_UNKNOWN("fleet-key-unknown", 403, "The envelope is signed with a key that is not trusted"),
  FLEET_SIGNATURE_INVALID("fleet-signature-invalid", 403, "The signature is not that of the key"),
  FLEET_AUDIENCE_WRONG("fleet-audience-wrong", 409, "The document is not for this station"),
  FLEET_EPOCH_WRONG("fleet-epoch-wrong", 409, "The document is of another epoch than the trust"),
  FLEET_VERSION_LOWER("fleet-version-lower", 409, "The station has seen a newer version"),
  FLEET_EQUIVOCATION("fleet-equivocation", 409, "The same version came with two contents"),
  FLEET_EXPIRED("fleet-expired", 409, "The document has expired"),
  FLEET_NOT_YET_VALID("fleet-not-yet-valid", 409, "The document is not valid yet"),
  FLEET_APP_TOO_OLD("fleet-app-too-old", 409, "The document needs a newer version of Kerf"),
  FLEET_PAYLOAD_INVALID("fleet-payload-invalid", 400, "The payload of the envelope is not valid"),
  FLEET_DOCUMENT_INVALID("fleet-document-invalid", 400, "The station document is not valid"),
  FLEET_STAGED_DAMAGED("fleet-staged-damaged", 500, "The staged document is damaged"),
  FLEET_APPLY_FAILED("fleet-apply-failed", 500, "The document could not be applied"),
  FLEET_ATTEMPTS_EXHAUSTED("fleet-attempts-exhausted", 500, "The station died too often while the document was applied"),
  FLEET_NO_FRAMES("fleet-no-frames", 500, "Too few frames came under the new document"),
  FLEET_GOLDEN_WRONG("fleet-golden-wrong", 500, "The golden set is judged wrong under the new document"),
  FLEET_UNJUDGED("fleet-unjudged", 500, "Too many frames are unjudged under the new document"),
  FLEET_SLOW("fleet-slow", 500, "Inspection is too slow under the new document"),
  FLEET_LOW_DISK("fleet-low-disk", 500, "The disk runs full under the new document"),
  FLEET_ENDPOINT_UNREACHED("fleet-endpoint-unreached", 500, "The new endpoint of the fleet was not reached"),
  FLEET_ROLLBACK_FAILED("fleet-rollback-failed", 500, "The last known good document could not be restored"),
  FLEET_TRUST_MISSING("fleet-trust-missing", 409, "The station trusts no fleet yet"),
  FLEET_TRUST_INVALID("fleet-trust-invalid", 403, "The trust document may not take effect"),
  FLEET_KEY_INVALID("fleet-key-invalid", 400, "The file is not a key of the right kind"),
  FLEET_TLS_UNUSABLE("fleet-tls-unusable", 409, "Certificate or key of the fleet cannot be used"),
  FLEET_DISABLED("fleet-disabled", 404, "The station belongs to no fleet"),
  FLEET_UNREACHABLE("fleet-unreachable", 503, "The fleet could not be reached"),
  FLEET_NOTHING_BEFORE("fleet-nothing-before", 409, "No rollout came before the last one"),
  FLEET_ROLLOUT_STOPPED("fleet-rollout-stopped", 500, "The rollout stopped");

  /** Exit code of a command whose input was at fault. */
  public static final int EXIT_INPUT = 2;

  /** Exit code of a command that failed through no fault of its input. */
  public static final int EXIT_SOFTWARE = 1;

  private final String code;
  private final int httpStatus;
  private final String title;

  Fault(String code, int httpStatus, String title) {
    this.code = code;
    this.httpStatus = httpStatus;
    this.title = title;
  }

  /** Stable, lower-case, hyphenated. */
  public String code() {
    return code;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** One sentence without a full stop that names what happened, the same for every occurrence. */
  public String title() {
    return title;
  }

  public int exitCode() {
    return httpStatus < 500 ? EXIT_INPUT : EXIT_SOFTWARE;
  }
}
