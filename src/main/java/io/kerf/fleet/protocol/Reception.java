package io.kerf.fleet.protocol;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.DocumentCheck;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.envelope.Envelope;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Payload;
import io.kerf.fleet.envelope.PayloadReading;
import io.kerf.fleet.trust.CompactJws;
import io.kerf.fleet.trust.StrictJson;
import io.kerf.fleet.trust.VerifyingKey;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether an envelope may be put into force: size and depth, signature, audience, epoch and version, time, schema, what fields say of each other; in this order, and the
 * first step that fails decides. A pure function but for the document's own check.
 */
public final class Reception {
  private static final int MOST_PROBLEMS = 50;

  private final Situation situation;
  private final DocumentCheck documents;

  private Reception(Situation situation, DocumentCheck documents) {
    this.situation = situation;
    this.documents = documents;
  }

  /** Never throws for anything that {@code bytes} may be. */
  public static Outcome receive(byte[] bytes, Situation situation, DocumentCheck documents) {
    try {
      return new Reception(situation, documents).receive(bytes);
    } catch (FaultException e) {
      return new Outcome.Refused(e.fault(), e.detail(), List.of(), Optional.empty());
    }
  }

  private Outcome receive(byte[] bytes) {
    if (bytes.length > Envelope.MAX_BYTES) {
      throw new FaultException(Fault.FLEET_TOO_LARGE, "An envelope of " + bytes.length + " bytes was refused unread, as it may have " + Envelope.MAX_BYTES
          + ". Nothing was changed. Make the document smaller.");
    }
    CompactJws jws = CompactJws.read(bytes, Envelope.TYPE);
    if (StrictJson.depth(jws.payload()) > StrictJson.MAX_DEPTH) {
      throw new FaultException(Fault.FLEET_TOO_DEEP, "An envelope was refused: objects and lists lie more than " + StrictJson.MAX_DEPTH
          + " deep within each other. Nothing was changed. Make the document flatter.");
    }
    requireSignature(jws);
    try {
      PayloadReading payload = PayloadReading.of(jws.payload());
      return signed(payload, Sha256.of(jws.payload()));
    } catch (IOException e) {
      throw new FaultException(Fault.FLEET_PAYLOAD_INVALID, "An envelope was signed well and holds no JSON. Nothing was changed. Sign with kerf fleet sign.", e);
    }
  }

  private void requireSignature(CompactJws jws) {
    VerifyingKey signer = situation.trust().signer(jws.kid()).orElseThrow(() -> new FaultException(Fault.FLEET_KEY_UNKNOWN,
        "An envelope was refused: its key is not among the signing keys of trust version " + situation.trust().version()
            + ", so it was revoked or never was one. Nothing was changed. Sign with a key of the fleet, or send this station the newest trust."));
    if (!jws.isSignedBy(signer)) {
      throw new FaultException(Fault.FLEET_SIGNATURE_INVALID, "An envelope was refused: its signature is not that of key " + signer.kid()
          + ". Nothing was changed. It was altered on the way, or somebody else made it.");
    }
  }

  private Outcome signed(PayloadReading payload, String digest) throws IOException {
    if (!payload.fleet().equals(Optional.of(situation.trust().fleet())) || payload.audience().filter(situation.audiences()::contains).isEmpty()) {
      return refused(payload, Fault.FLEET_AUDIENCE_WRONG, "A document for " + payload.audience().map(Object::toString).orElse("nobody") + " of fleet "
          + payload.fleet().orElse("unknown") + " came to a station that is not meant. Nothing was changed. See the sender's groups and addresses.");
    }
    Optional<Outcome> byVersion = payload.version().flatMap(version -> byVersion(payload, version, digest));
    if (byVersion.isPresent()) {
      return byVersion.get();
    }
    return byTime(payload).orElseGet(() -> byContent(payload, digest));
  }

  private Optional<Outcome> byVersion(PayloadReading payload, FleetVersion version, String digest) {
    long epoch = situation.trust().epoch();
    if (version.epoch() != epoch) {
      return Optional.of(refused(payload, Fault.FLEET_EPOCH_WRONG, "The document is of epoch " + version.epoch() + ", and this station's trust is of epoch " + epoch
          + ". Nothing was changed. " + (version.epoch() > epoch ? "Send the trust that raises the epoch first." : "Sign it again for epoch " + epoch + ".")));
    }
    Optional<Seen> highest = situation.seen();
    int newer = highest.map(seen -> version.compareTo(seen.version())).orElse(1);
    if (newer < 0) {
      return Optional.of(refused(payload, Fault.FLEET_VERSION_LOWER, "Version " + version + " is older than " + highest.orElseThrow().version()
          + ", which this station has seen. Nothing was changed. To go back, send the old content under a new version: kerf fleet rollback."));
    }
    if (newer > 0) {
      return Optional.empty();
    }
    if (!highest.orElseThrow().digest().equals(digest)) {
      return Optional.of(refused(payload, Fault.FLEET_EQUIVOCATION, "Version " + version + " came with another content than before. Nothing was changed. "
          + "Two senders share a key, or somebody has stolen it: find out which, and revoke the key if in doubt."));
    }
    return situation.taken() ? Optional.of(new Outcome.Again(highest.orElseThrow().deploymentId())) : Optional.empty();
  }

  private Optional<Outcome> byTime(PayloadReading payload) {
    if (payload.expires().filter(expires -> !situation.now().isBefore(expires)).isPresent()) {
      return Optional.of(refused(payload, Fault.FLEET_EXPIRED, "The document could be accepted until " + payload.expires().orElseThrow() + ", and on this station it is "
          + situation.now() + ". What runs goes on. See the station's clock, or sign the document again."));
    }
    if (payload.notBefore().filter(situation.now()::isBefore).isPresent()) {
      return Optional.of(refused(payload, Fault.FLEET_NOT_YET_VALID, "The document may be accepted from " + payload.notBefore().orElseThrow() + ", and on this station it is "
          + situation.now() + ". Nothing was changed. See the station's clock, or wait."));
    }
    return Optional.empty();
  }

  private Outcome byContent(PayloadReading read, String digest) {
    Optional<String> least = read.minApp().filter(version -> AppVersion.compare(situation.appVersion(), version) < 0);
    if (least.isPresent()) {
      return refused(read, Fault.FLEET_APP_TOO_OLD, "The document needs Kerf " + least.get() + ", and this station runs " + situation.appVersion()
          + ". Nothing was changed. Update the station first.");
    }
    List<DocumentProblem> problems = new ArrayList<>();
    Optional<Payload> payload;
    try {
      payload = read.payload(problems);
    } catch (IOException e) {
      throw new FaultException(Fault.FLEET_PAYLOAD_INVALID, "An envelope was signed well and holds no JSON. Nothing was changed.", e);
    }
    Fault fault = problems.isEmpty() ? Fault.FLEET_DOCUMENT_INVALID : Fault.FLEET_PAYLOAD_INVALID;
    payload.ifPresent(whole -> problems.addAll(documents.check(whole.document())));
    if (!problems.isEmpty()) {
      return refused(read, fault, problems);
    }
    Payload good = payload.orElseThrow();
    return good.policy().dryRun() ? new Outcome.DryRun(good, documents.difference(good.document())) : new Outcome.Accepted(good, digest);
  }

  private static Outcome refused(PayloadReading payload, Fault fault, String detail) {
    return new Outcome.Refused(fault, detail, List.of(), payload.deploymentId());
  }

  private static Outcome refused(PayloadReading payload, Fault fault, List<DocumentProblem> problems) {
    List<DocumentProblem> told = problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS));
    String all = told.stream().map(DocumentProblem::toString).collect(Collectors.joining("; "));
    return new Outcome.Refused(fault, "The document was refused, with " + problems.size() + (problems.size() == 1 ? " problem: " : " problems: ") + all
        + ". Nothing was changed. kerf fleet check says the same before anything is sent.", told, payload.deploymentId());
  }
}
