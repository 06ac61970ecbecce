package io.kerf.encoder.tensorrt;

import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of this device, by which it knows its own plans (HMAC-SHA-256, RFC 2104). Loading a plan runs what it contains, so one that was put there from
 * outside must not be loaded; a copy of the folder carries the key along, which is why a plan is bound to its GPU and TensorRT as well.
 */
final class DeviceKey {
  private static final int BYTES = 32;

  private final byte[] secret;

  private DeviceKey(byte[] secret) {
    this.secret = secret;
  }

  /** Reads the key, or makes one where there is none or none of its length: plans of before are strangers then, and compiled anew. */
  static DeviceKey of(Path file) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) == BYTES) {
      return new DeviceKey(Files.readAllBytes(file));
    }
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, secret);
    Files.deleteIfExists(file);
    AtomicFiles.publish(fresh, file);
    return new DeviceKey(secret);
  }

  /** 64 hexadecimal digits. */
  String sign(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In a time that tells nothing of where they differ. */
  boolean signed(byte[] bytes, String signature) {
    return MessageDigest.isEqual(sign(bytes).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.US_ASCII));
  }
}
