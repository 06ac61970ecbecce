package io.kerf.fleet.transport;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes Java's TLS of PEM files, anew for each link, so that a certificate that was renewed is taken up without a restart. */
public final class PemTls {
  private static final String CREDENTIAL = "credential:";
  private static final int MAX_BYTES = 1 << 20;
  private static final char[] NO_PASSWORD = new char[0];

  private final TlsFiles files;

  public PemTls(TlsFiles files) {
    this.files = files;
  }

  /** Empty where the station shows no certificate. @throws FaultException {@link Fault#FLEET_TLS_UNUSABLE} */
  Optional<KeyManagerFactory> keys() {
    if (files.certificate().isEmpty() || files.key().isEmpty()) {
      return Optional.empty();
    }
    String key = files.key().get();
    try {
      KeyStore store = empty();
      store.setKeyEntry("station", privateKey(read(key), key), NO_PASSWORD, certificates(files.certificate().get()).toArray(Certificate[]::new));
      KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return Optional.of(factory);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(key, e);
    }
  }

  /** Empty where those of the Java runtime are trusted. @throws FaultException {@link Fault#FLEET_TLS_UNUSABLE} */
  Optional<TrustManagerFactory> trust() {
    if (files.ca().isEmpty()) {
      return Optional.empty();
    }
    try {
      KeyStore store = empty();
      int number = 0;
      for (Certificate certificate : certificates(files.ca().get())) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return Optional.of(factory);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(files.ca().get(), e);
    }
  }

  /** @throws FaultException {@link Fault#FLEET_TLS_UNUSABLE} */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys().map(KeyManagerFactory::getKeyManagers).orElse(new KeyManager[0]), trust().map(TrustManagerFactory::getTrustManagers).orElse((TrustManager[]) null), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw unusable(files.certificate().orElse("TLS"), e);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> certificates(String reference) throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(read(reference)));
    if (all.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate in it");
    }
    return all;
  }

  private static PrivateKey privateKey(byte[] pem, String reference) throws GeneralSecurityException {
    String text = new String(pem, StandardCharsets.US_ASCII);
    String begin = "-----BEGIN PRIVATE KEY-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END PRIVATE KEY-----");
    if (from < 0 || to < from) {
      throw new GeneralSecurityException("it is no PKCS#8 key; openssl pkcs8 -topk8 -nocrypt makes one of others");
    }
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to)));
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException e) {
        // The next one may fit.
      }
    }
    throw new GeneralSecurityException("it is no EC, RSA or Ed25519 key");
  }

  private static byte[] read(String reference) throws IOException {
    Path file = Path.of(reference);
    if (reference.startsWith(CREDENTIAL)) {
      String folder = Optional.ofNullable(System.getenv("CREDENTIALS_DIRECTORY")).orElseThrow(() -> new IOException("systemd gave this process no credentials"));
      file = Path.of(folder).resolve(Path.of(reference.substring(CREDENTIAL.length())).getFileName());
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it has more than " + MAX_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }

  /** Names the reference and never what it holds. */
  private static FaultException unusable(String reference, Exception e) {
    return new FaultException(Fault.FLEET_TLS_UNUSABLE, reference + " cannot be used for TLS (" + (e instanceof java.nio.file.NoSuchFileException ? "there is no such file" : e.getMessage())
        + "), so the fleet is not reached. Inspection goes on. See kerf.fleet.tls and the file.", e);
  }
}
