package io.kerf.fleet.simulation;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of the moment, to try a broker with: {@code ca.pem}, and a certificate and key for whoever is to come in. Its own key is never written. */
public final class TrialAuthority {
  private static final X500Name NAME = new X500Name("CN=Kerf trial authority");
  private static final Duration VALID = Duration.ofDays(2);

  private final Path folder;
  private final KeyPair keys;
  private long serial;

  /** Writes {@code ca.pem}. */
  public TrialAuthority(Path folder) throws IOException {
    this.folder = folder;
    this.keys = pair();
    write("ca.pem", "CERTIFICATE", certificate(NAME, keys, keys.getPrivate(), true, VALID).getEncoded());
  }

  /** Writes {@code <name>.pem} and {@code <name>.key}, for localhost. */
  public void issue(String name) throws IOException {
    issue(name, VALID);
  }

  /** @param valid from now; where negative, it has expired that long ago */
  public void issue(String name, Duration valid) throws IOException {
    KeyPair own = pair();
    write(name + ".pem", "CERTIFICATE", certificate(new X500Name("CN=" + name), own, keys.getPrivate(), false, valid).getEncoded());
    write(name + ".key", "PRIVATE KEY", own.getPrivate().getEncoded());
  }

  private X509CertificateHolder certificate(X500Name subject, KeyPair own, PrivateKey signer, boolean authority, Duration valid) throws IOException {
    try {
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(NAME, BigInteger.valueOf(++serial), Date.from(now.minus(Duration.ofDays(3))), Date.from(now.plus(valid)),
          subject, own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(Extension.subjectAlternativeName, false,
          new GeneralNames(new GeneralName[] {new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")}));
      return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(String name, String type, byte[] content) throws IOException {
    StringWriter pem = new StringWriter();
    pem.append("-----BEGIN ").append(type).append("-----\n").append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)).append("\n-----END ").append(type)
        .append("-----\n");
    Files.writeString(folder.resolve(name), pem.toString());
  }
}
