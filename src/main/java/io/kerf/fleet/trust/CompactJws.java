package io.kerf.fleet.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * A signed text: JWS compact (RFC 7515) over the exact bytes of its payload, EdDSA with Ed25519 and nothing else.
 *
 * <p>Stricter than the RFC: the header has {@code alg}, {@code typ} and {@code kid} and nothing else, so that there is no {@code crit} to understand and no key to
 * fetch, and each part is base64url as it would be written, so that one payload and key have one text.
 */
public final class CompactJws {
  private static final int SIGNATURE_BYTES = 64;
  private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");
  private static final AlgorithmConstraints ED_DSA_ALONE = new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA);

  private final String text;
  private final String kid;
  private final byte[] payload;
  private final int signatureBytes;

  private CompactJws(String text, String kid, byte[] payload, int signatureBytes) {
    this.text = text;
    this.kid = kid;
    this.payload = payload;
    this.signatureBytes = signatureBytes;
  }

  /** Signs. @param type what the text is; whoever reads it must expect that */
  public static String sign(String type, byte[] payload, SigningKey key) {
    try {
      JsonWebSignature jws = new JsonWebSignature();
      jws.setAlgorithmConstraints(ED_DSA_ALONE);
      jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
      jws.setHeader("typ", type);
      jws.setKeyIdHeaderValue(key.kid());
      jws.setPayloadBytes(payload);
      jws.setKey(key.privateKey());
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Takes the text apart and believes nothing of it yet.
   *
   * @throws FaultException {@link Fault#FLEET_NOT_AN_ENVELOPE} where it is none, {@link Fault#FLEET_ALGORITHM_REFUSED} where its header asks for anything but
   *     {@code EdDSA} and {@code type}
   */
  public static CompactJws read(byte[] bytes, String type) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> parts = List.of(text.split("\\.", -1));
    if (parts.size() != 3) {
      throw none("it has " + parts.size() + " parts instead of three with dots between them");
    }
    byte[] header = decoded(parts.get(0));
    byte[] payload = decoded(parts.get(1));
    int signatureBytes = decoded(parts.get(2)).length;
    return new CompactJws(text, kid(header, type, signatureBytes), payload, signatureBytes);
  }

  private static String kid(byte[] header, String type, int signatureBytes) {
    JsonNode read;
    try {
      read = StrictJson.read(header);
    } catch (IOException e) {
      throw none("its header is not JSON");
    }
    if (!read.isObject()) {
      throw none("its header is not an object");
    }
    if (!read.path("alg").asText().equals(AlgorithmIdentifiers.EDDSA) || signatureBytes == 0) {
      throw refused("it is signed with \"" + shown(read.path("alg").asText()) + "\" or not at all; only EdDSA with Ed25519 counts");
    }
    read.fieldNames().forEachRemaining(name -> {
      if (!HEADERS.contains(name)) {
        throw refused("its header has \"" + shown(name) + "\", which this station does not take");
      }
    });
    if (!read.path("typ").asText().equals(type)) {
      throw refused("it is of type \"" + shown(read.path("typ").asText()) + "\" where " + type + " is due");
    }
    if (!read.path("kid").isTextual()) {
      throw refused("its header does not say which key signed it");
    }
    return read.path("kid").textValue();
  }

  /** The key that it says has signed it. */
  public String kid() {
    return kid;
  }

  /** The exact bytes that were signed; to be believed once {@link #isSignedBy} has said yes. */
  public byte[] payload() {
    return payload;
  }

  public String text() {
    return text;
  }

  /** The length is looked at here: Java takes a signature with a zero too many for the same one. */
  public boolean isSignedBy(VerifyingKey key) {
    if (signatureBytes != SIGNATURE_BYTES) {
      return false;
    }
    try {
      JsonWebSignature jws = new JsonWebSignature();
      jws.setAlgorithmConstraints(ED_DSA_ALONE);
      jws.setCompactSerialization(text);
      jws.setKey(key.publicKey());
      return key.kid().equals(kid) && jws.verifySignature();
    } catch (JoseException e) {
      return false;
    }
  }

  /** Base64url as it would be written: a text that says the same in another way is refused. */
  static byte[] decoded(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part.getBytes(StandardCharsets.ISO_8859_1));
      if (encoded(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw none("a part of it is not base64url");
  }

  static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What a stranger wrote, for a log. */
  static String shown(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?").substring(0, Math.min(text.length(), 40));
  }

  private static FaultException none(String why) {
    return new FaultException(Fault.FLEET_NOT_AN_ENVELOPE, "What arrived is no envelope of a fleet: " + why + ". Nothing was changed. See what sends to this station.");
  }

  private static FaultException refused(String why) {
    return new FaultException(Fault.FLEET_ALGORITHM_REFUSED, "An envelope was refused: " + why + ". Nothing was changed. Sign with kerf fleet sign.");
  }
}
