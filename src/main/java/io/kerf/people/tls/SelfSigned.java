package io.kerf.people.tls;

import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes a certificate that a station signs itself, on the curve P-256. It is valid from 2000 to 2099 whatever the clock says: a station's clock may have no battery, and
 * nobody would renew it. People trust it by its fingerprint.
 */
public final class SelfSigned {
  private static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2099-12-31T23:59:59Z");
  private static final int SERIAL_BITS = 127;

  private SelfSigned() {}

  /**
   * Makes one and writes it; key first, so that there is no certificate without one.
   *
   * @param hostName of this machine
   * @param addresses that it has now; {@code localhost} is among its names in any case
   */
  public static void write(PemPair to, String hostName, Set<InetAddress> addresses) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      X509CertificateHolder certificate = certificate(keys, hostName, addresses);
      write(to.key(), new JcaPKCS8Generator(keys.getPrivate(), null).generate());
      write(to.certificate(), certificate);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("A certificate could not be made", e);
    }
  }

  private static X509CertificateHolder certificate(KeyPair keys, String hostName, Set<InetAddress> addresses) throws IOException, OperatorCreationException {
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, hostName).addRDN(BCStyle.O, "Kerf station").build();
    return new JcaX509v3CertificateBuilder(name, new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE), Date.from(FROM), Date.from(TO), name, keys.getPublic())
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names(hostName, addresses)))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
  }

  private static GeneralName[] names(String hostName, Set<InetAddress> addresses) {
    List<GeneralName> names = new ArrayList<>(List.of(new GeneralName(GeneralName.dNSName, "localhost")));
    if (!hostName.equals("localhost")) {
      names.add(new GeneralName(GeneralName.dNSName, hostName));
    }
    addresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address.getHostAddress().replaceAll("%.*", ""))));
    return names.toArray(GeneralName[]::new);
  }

  private static void write(Path file, Object what) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(what);
    }
    AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
