package io.kerf.fleet.trust;

import java.security.PublicKey;
import java.util.Map;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * A public Ed25519 key. Its {@code kid} is its thumbprint (RFC 7638, SHA-256), so that no other key can take its name.
 *
 * @param x the key's 32 bytes in base64url
 */
public record VerifyingKey(String kid, String x) {
  /** @throws IllegalArgumentException where {@code x} is no such key */
  public static VerifyingKey of(String x) {
    return new VerifyingKey(jwk(x).calculateBase64urlEncodedThumbprint("SHA-256"), x);
  }

  /** @throws IllegalArgumentException where {@code kid} is not the thumbprint of {@code x}, or {@code x} no key */
  public VerifyingKey {
    if (!jwk(x).calculateBase64urlEncodedThumbprint("SHA-256").equals(kid)) {
      throw new IllegalArgumentException("the kid is not the thumbprint of the key");
    }
  }

  PublicKey publicKey() {
    return jwk(x).getPublicKey();
  }

  private static PublicJsonWebKey jwk(String x) {
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(Map.of("kty", OctetKeyPairJsonWebKey.KEY_TYPE, "crv", OctetKeyPairJsonWebKey.SUBTYPE_ED25519, "x", x));
    } catch (JoseException | RuntimeException e) {
      throw new IllegalArgumentException("no Ed25519 key", e);
    }
  }
}
