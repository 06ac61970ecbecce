package io.kerf.fleet.envelope;

import io.kerf.fleet.trust.CompactJws;
import io.kerf.fleet.trust.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A signed payload as it travels, the same over every transport: JWS compact of type {@value #TYPE}. */
public final class Envelope {
  public static final String TYPE = "kerf-station+jws";
  public static final String MEDIA_TYPE = "application/jose";
  /** Larger ones are refused unread. */
  public static final int MAX_BYTES = 256 * 1024;

  private Envelope() {}

  /** @throws IOException where the document is not JSON */
  public static byte[] sign(Payload payload, SigningKey key) throws IOException {
    return CompactJws.sign(TYPE, payload.bytes(), key).getBytes(StandardCharsets.US_ASCII);
  }
}
