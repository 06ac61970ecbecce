package io.kerf.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits, as {@code sha256sum} prints it. */
public final class Sha256 {
  private Sha256() {}

  public static String of(byte[] bytes) {
    return hex(digester().digest(bytes));
  }

  /** Of a file's bytes, which are read through and not held. */
  public static String of(Path file) throws IOException {
    MessageDigest digester = digester();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digester)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return hex(digester.digest());
  }

  /** A fresh digester, for bytes that pass by; {@link #hex} writes what it arrives at. */
  public static MessageDigest digester() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
