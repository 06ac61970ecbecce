package io.kerf.people.tls;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A certificate and its key, as two PEM files; the certificate's file may go on with those of its issuers. */
public record PemPair(Path certificate, Path key) {
  /**
   * Reads both and sees whether they belong together.
   *
   * @throws FaultException {@link Fault#CERTIFICATE_UNUSABLE} with what is wrong
   */
  public X509Certificate checked() {
    try {
      X509Certificate read = certificateOf();
      PrivateKey secret = keyOf();
      if (!signs(secret, read)) {
        throw unusable("the key in " + key + " is not that of the certificate in " + certificate, null);
      }
      return read;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw e instanceof FaultException fault ? fault : unusable("it cannot be read from " + certificate + " and " + key + " (" + reason(e) + ")", e);
    }
  }

  /** SHA-256 of the certificate, as browsers show it: pairs of hexadecimal digits. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      return Sha256.of(certificate.getEncoded()).toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate certificateOf() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(certificate)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private PrivateKey keyOf() throws IOException {
    try (Reader in = Files.newBufferedReader(key); PEMParser parser = new PEMParser(in)) {
      Object found = parser.readObject();
      if (found instanceof PrivateKeyInfo info) {
        return new JcaPEMKeyConverter().getPrivateKey(info);
      }
      if (found instanceof PEMKeyPair pair) {
        return new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
      }
    }
    throw unusable(key + " does not begin with a private key that can be read without a password", null);
  }

  private static boolean signs(PrivateKey secret, X509Certificate certificate) throws GeneralSecurityException {
    String algorithm = switch (secret.getAlgorithm()) {
      case "EC", "ECDSA" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> throw unusable("its key is of the kind " + secret.getAlgorithm() + ", and the server takes RSA and EC", null);
    };
    byte[] something = {'k', 'e', 'r', 'f'};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(secret);
    signature.update(something);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(something);
    return signature.verify(signed);
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
  }

  private static FaultException unusable(String what, Exception cause) {
    return new FaultException(Fault.CERTIFICATE_UNUSABLE, "The certificate cannot be used: " + what + ". See kerf.tls.certificate and kerf.tls.key.", cause);
  }
}
