package io.kerf.fleet.trust;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** An Ed25519 key pair of somebody who signs. The private half is written by {@link #write} and by nothing else. */
public final class SigningKey {
  private final PublicJsonWebKey jwk;
  private final VerifyingKey verifying;

  private SigningKey(PublicJsonWebKey jwk) {
    this.jwk = jwk;
    this.verifying = VerifyingKey.of((String) jwk.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY).get("x"));
  }

  public static SigningKey generate() {
    try {
      return new SigningKey(OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519));
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** @throws FaultException {@link Fault#FLEET_KEY_INVALID} where the file holds no private Ed25519 key */
  public static SigningKey read(Path file) throws IOException {
    try {
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file));
      if (jwk instanceof OctetKeyPairJsonWebKey okp && okp.getSubtype().equals(OctetKeyPairJsonWebKey.SUBTYPE_ED25519) && jwk.getPrivateKey() != null) {
        return new SigningKey(jwk);
      }
    } catch (JoseException | RuntimeException e) {
      // Its message could quote the key.
    }
    throw new FaultException(Fault.FLEET_KEY_INVALID, file + " holds no private Ed25519 key, so nothing was signed. Name a .key file that kerf fleet keygen has written.");
  }

  /** @throws FaultException {@link Fault#FLEET_KEY_INVALID} where the file holds no public Ed25519 key */
  public static VerifyingKey readPublic(Path file) throws IOException {
    try {
      return VerifyingKey.of(StrictJson.read(Files.readAllBytes(file)).path("x").asText());
    } catch (IllegalArgumentException | com.fasterxml.jackson.core.JacksonException e) {
      throw new FaultException(Fault.FLEET_KEY_INVALID, file + " holds no public Ed25519 key. Name a .pub file that kerf fleet keygen has written.");
    }
  }

  /** Writes {@code <name>.key}, for its owner's eyes alone, and {@code <name>.pub}. @throws java.nio.file.FileAlreadyExistsException rather than replace a key */
  public void write(Path folder, String name) throws IOException {
    Path key = folder.resolve(name + ".key");
    Files.createFile(key, PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
    Files.writeString(key, jwk.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE) + "\n");
    Files.write(folder.resolve(name + ".pub"), (jwk.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY) + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
  }

  public VerifyingKey verifying() {
    return verifying;
  }

  public String kid() {
    return verifying.kid();
  }

  PrivateKey privateKey() {
    return jwk.getPrivateKey();
  }
}
