package io.kerf.fleet.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A trust document with its signatures: JWS in the general JSON serialization (RFC 7515, 7.2.1), so that each holder of a root key signs at home and the signatures are
 * put together afterwards.
 */
public final class SignedTrust {
  public static final int MAX_BYTES = 64 * 1024;
  static final String TYPE = "kerf-trust+jws";

  private static final int MAX_SIGNATURES = 2 * TrustDocument.MAX_ROOTS;

  private final TrustDocument document;
  private final byte[] payload;
  private final List<CompactJws> signatures;

  private SignedTrust(TrustDocument document, byte[] payload, List<CompactJws> signatures) {
    this.document = document;
    this.payload = payload;
    this.signatures = List.copyOf(signatures);
  }

  /** Nobody has signed it yet. */
  public static SignedTrust of(TrustDocument document) {
    return new SignedTrust(document, document.bytes(), List.of());
  }

  /** With one signature more; that of a key that has signed it already changes nothing. */
  public SignedTrust signedBy(SigningKey key) {
    List<CompactJws> more = new ArrayList<>(signatures);
    more.removeIf(one -> one.kid().equals(key.kid()));
    more.add(CompactJws.read(CompactJws.sign(TYPE, payload, key).getBytes(StandardCharsets.US_ASCII), TYPE));
    return new SignedTrust(document, payload, more);
  }

  /**
   * Reads one and believes no signature yet.
   *
   * @throws FaultException {@link Fault#FLEET_TRUST_INVALID}
   */
  public static SignedTrust read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw invalid("it has more than " + MAX_BYTES + " bytes");
    }
    try {
      JsonNode node = StrictJson.read(bytes);
      JsonNode signed = node.path("signatures");
      if (!node.path("payload").isTextual() || !signed.isArray() || node.size() != 2 || signed.size() > MAX_SIGNATURES) {
        throw invalid("it is not a payload with at most " + MAX_SIGNATURES + " signatures");
      }
      String payload = node.path("payload").textValue();
      List<CompactJws> signatures = new ArrayList<>();
      for (JsonNode one : signed) {
        String text = one.path("protected").asText() + "." + payload + "." + one.path("signature").asText();
        signatures.add(CompactJws.read(text.getBytes(StandardCharsets.ISO_8859_1), TYPE));
      }
      byte[] decoded = CompactJws.decoded(payload);
      return new SignedTrust(TrustDocument.of(decoded), decoded, signatures);
    } catch (IOException e) {
      throw invalid("it is not JSON");
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    } catch (FaultException e) {
      throw e.fault() == Fault.FLEET_TRUST_INVALID ? e : invalid("a signature cannot be read");
    }
  }

  public byte[] bytes() {
    ObjectNode node = StrictJson.mapper().createObjectNode().put("payload", CompactJws.encoded(payload));
    ArrayNode signed = node.putArray("signatures");
    for (CompactJws one : signatures) {
      String[] parts = one.text().split("\\.");
      signed.addObject().put("protected", parts[0]).put("signature", parts[2]);
    }
    try {
      return StrictJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What it says. Believe it as first trust, or once {@link #requireFollows} has passed it. */
  public TrustDocument document() {
    return document;
  }

  /** Whether as many roots of {@code by} have signed this as that demands. */
  boolean isSignedByThresholdOf(TrustDocument by) {
    Set<String> counted = new HashSet<>();
    for (CompactJws one : signatures) {
      by.roots().stream().filter(one::isSignedBy).forEach(root -> counted.add(root.kid()));
    }
    return counted.size() >= by.threshold();
  }

  /** Whether its own roots stand behind it. @throws FaultException {@link Fault#FLEET_TRUST_INVALID} where they do not */
  public SignedTrust requireOwnThreshold() {
    if (!isSignedByThresholdOf(document)) {
      throw invalid("fewer than " + document.threshold() + " of its own root keys have signed it");
    }
    return this;
  }

  /** Whether this may take the place of {@code before}. @throws FaultException {@link Fault#FLEET_TRUST_INVALID} with the reason where it may not */
  public SignedTrust requireFollows(TrustDocument before) {
    if (!document.fleet().equals(before.fleet())) {
      throw invalid("it is of fleet " + document.fleet() + ", and this station belongs to " + before.fleet());
    }
    if (document.version() != before.version() + 1) {
      throw invalid("it is version " + document.version() + ", and " + (before.version() + 1) + " is next");
    }
    if (document.epoch() < before.epoch()) {
      throw invalid("its epoch " + document.epoch() + " is lower than " + before.epoch());
    }
    if (!isSignedByThresholdOf(before)) {
      throw invalid("fewer than " + before.threshold() + " root keys of version " + before.version() + " have signed it");
    }
    return requireOwnThreshold();
  }

  boolean mayFollow(TrustDocument before) {
    try {
      requireFollows(before);
      return true;
    } catch (FaultException e) {
      return false;
    }
  }

  static FaultException invalid(String why) {
    return new FaultException(Fault.FLEET_TRUST_INVALID, "A trust document was refused: " + why + ". Whom this station believes has not changed.");
  }
}
