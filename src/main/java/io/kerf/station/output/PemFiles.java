package io.kerf.station.output;

import io.kerf.config.document.TlsSettings;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates of {@link TlsSettings}. All throw {@link Fault#SECRET_UNREADABLE} with the file in its detail. */
final class PemFiles {
  private static final char[] IN_MEMORY = "memory".toCharArray();
  private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

  private PemFiles() {}

  /** Empty for the certificates that Java trusts. */
  static Optional<TrustManagerFactory> trust(TlsSettings settings) {
    return settings.caFile().map(Path::of).map(file -> read(file, () -> {
      KeyStore store = emptyStore();
      int number = 0;
      for (Certificate certificate : certificates(file)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    }));
  }

  /** Empty where the station shows no certificate. */
  static Optional<KeyManagerFactory> identity(TlsSettings settings) {
    if (settings.certificateFile().isEmpty() || settings.keyFile().isEmpty()) {
      return Optional.empty();
    }
    Path certificates = Path.of(settings.certificateFile().get());
    Certificate[] chain = read(certificates, () -> certificates(certificates).toArray(Certificate[]::new));
    Path file = Path.of(settings.keyFile().get());
    return Optional.of(read(file, () -> {
      KeyStore store = emptyStore();
      store.setKeyEntry("station", key(file), IN_MEMORY, chain);
      KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, IN_MEMORY);
      return factory;
    }));
  }

  static SSLContext context(TlsSettings settings) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity(settings).map(KeyManagerFactory::getKeyManagers).orElse(null), trust(settings).map(TrustManagerFactory::getTrustManagers).orElse(null), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new FaultException(Fault.SECRET_UNREADABLE, "Key and certificate of the station cannot be used together (" + e.getMessage() + "). The output waits for others.");
    }
  }

  private interface Reading<T> {
    T read() throws IOException, GeneralSecurityException;
  }

  private static <T> T read(Path file, Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw Secrets.unreadable(file, e);
    }
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IOException("no certificate");
      }
      return certificates;
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    String body = text.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(encoded);
      } catch (InvalidKeySpecException another) {
        // The next kind.
      }
    }
    throw new InvalidKeySpecException("no RSA, EC or Ed25519 key in PKCS #8");
  }
}
