package io.kerf.people;

import io.kerf.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random texts that nobody guesses, and how they are compared and kept. */
public final class Secrets {
  /** What tokens for machines begin with, so that a scanner for leaked secrets knows one. */
  public static final String MACHINE_TOKEN_PREFIX = "kerf_";

  private static final int TOKEN_BYTES = 32;
  private static final int ID_BYTES = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** 256 bits as 43 characters of Base64 for URLs. */
  public static String token() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(TOKEN_BYTES));
  }

  public static String machineToken() {
    return MACHINE_TOKEN_PREFIX + token();
  }

  static String id() {
    return HexFormat.of().formatHex(bytes(ID_BYTES));
  }

  /** SHA-256: enough for what is random in 256 bits, and for nothing that a person has chosen. */
  public static String hash(String token) {
    return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
  }

  /** In a time that says nothing of where two texts differ. */
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** One of {@code count}, each as likely. */
  static int below(int count) {
    return RANDOM.nextInt(count);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
