package io.kerf.people.tls;

import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says by which certificate a station is reached. The plant's where it is configured and can be used; else the station's own. A certificate that cannot be used ends
 * no start: parts are judged all the same, and the log says what people have to do without.
 */
public final class StationTls {
  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private final boolean enabled;
  private final Path folder;
  private final PemPair own;
  private final Optional<PemPair> plants;

  /** @param data the data folder. @param plants as configured */
  public StationTls(boolean enabled, Path data, Optional<PemPair> plants) {
    this.enabled = enabled;
    this.folder = data.resolve("tls");
    this.own = new PemPair(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    this.plants = plants;
  }

  /** What the station is reached by. */
  public sealed interface Choice {
    /** @param problem why it is not the plant's that was configured */
    record With(PemPair files, String fingerprint, Optional<String> problem) implements Choice {}

    /** @param problem empty where TLS is not wanted */
    record Without(Optional<String> problem) implements Choice {}
  }

  /** For the start: makes the station's own where it has none that can be used. */
  public Choice prepare() {
    if (enabled && plants.flatMap(pair -> problem(pair).isEmpty() ? plants : Optional.empty()).isEmpty() && problem(own).isPresent()) {
      try {
        make();
      } catch (IOException | FaultException e) {
        return new Choice.Without(Optional.of("The station's certificate could not be made, so it is reached without TLS and nobody can log in over the network: "
            + e.getMessage()));
      }
    }
    return find();
  }

  /** What {@link #prepare} has found; makes nothing. */
  public Choice find() {
    if (!enabled) {
      return new Choice.Without(Optional.empty());
    }
    Optional<String> plantsProblem = plants.flatMap(StationTls::problem);
    PemPair used = plants.isPresent() && plantsProblem.isEmpty() ? plants.get() : own;
    try {
      X509Certificate certificate = used.checked();
      return new Choice.With(used, PemPair.fingerprint(certificate), plantsProblem.map(problem -> problem + " The station's own is used until then."));
    } catch (FaultException e) {
      return new Choice.Without(Optional.of(e.detail()));
    }
  }

  private static Optional<String> problem(PemPair pair) {
    try {
      pair.checked();
      return Optional.empty();
    } catch (FaultException e) {
      return Optional.of(e.detail());
    }
  }

  private void make() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    AtomicFiles.sweep(folder);
    SelfSigned.write(own, hostName(), addresses());
  }

  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.length() <= 64 && HOST_NAME.matcher(name).matches() ? name : "localhost";
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static Set<InetAddress> addresses() throws IOException {
    Set<InetAddress> all = new LinkedHashSet<>(Set.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1")));
    try {
      NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).filter(address -> !address.isLinkLocalAddress()).forEach(all::add);
    } catch (SocketException e) {
      return all;
    }
    return all;
  }
}
