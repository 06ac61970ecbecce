package io.kerf.fleet.transport;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.envelope.Envelope;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what a fleet has laid out below a URL, each only where it has changed; for a plant behind NAT. Any server of files will do. */
public final class HttpsTree {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_ETAG_CHARACTERS = 256;

  private final URI root;
  private final HttpClient http;
  private final Map<String, String> etags = new HashMap<>();

  /** @throws FaultException {@link Fault#FLEET_TLS_UNUSABLE} */
  public HttpsTree(URI root, TlsFiles tls) {
    this.root = root.toString().endsWith("/") ? root : URI.create(root + "/");
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1);
    this.http = "https".equals(root.getScheme()) ? builder.sslContext(new PemTls(tls).context()).build() : builder.build();
  }

  /**
   * What was found at a path.
   *
   * @param there whether the fleet has something there, changed or not
   * @param changed its content, where it is not what was read before
   */
  public record Found(boolean there, Optional<byte[]> changed) {}

  /** @throws IOException where there was no answer, or another than 200, 304 and 404 */
  public Found get(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).GET();
    Optional.ofNullable(etags.get(path)).ifPresent(etag -> request.header("If-None-Match", etag));
    HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      switch (answer.statusCode()) {
        case 200:
          // One byte more than is allowed, so that reception can tell that it is too large.
          byte[] content = body.readNBytes(Envelope.MAX_BYTES + 1);
          answer.headers().firstValue("ETag").filter(etag -> etag.length() <= MAX_ETAG_CHARACTERS).ifPresent(etag -> etags.put(path, etag));
          return new Found(true, Optional.of(content));
        case 304:
          return new Found(true, Optional.empty());
        case 404:
          etags.remove(path);
          return new Found(false, Optional.empty());
        default:
          throw new IOException(root.resolve(path) + " answered " + answer.statusCode());
      }
    }
  }

  /** Has a path read again although it has not changed: what was refused may be accepted later. */
  void forget(String path) {
    etags.remove(path);
  }

  /** Hands a report in. @return whether it was taken */
  public boolean put(String path, byte[] report) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).header("Content-Type", "application/json")
        .PUT(HttpRequest.BodyPublishers.ofByteArray(report)).build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
  }
}
