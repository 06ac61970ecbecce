package io.kerf.fleet.sender;

import com.fasterxml.jackson.databind.JsonNode;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.Envelope;
import io.kerf.fleet.protocol.Report;
import io.kerf.fleet.transport.PemTls;
import io.kerf.fleet.trust.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Stations that are reached at their own addresses, one after the other. */
public final class HttpPlant implements Plant {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, URI> addresses;
  private final Optional<String> token;
  private final HttpClient http;

  /** @param addresses by station. @param token of an engineer, for stations that ask who comes */
  public HttpPlant(Map<String, URI> addresses, TlsFiles tls, Optional<String> token) {
    this.token = token;
    this.addresses = new LinkedHashMap<>(addresses);
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).version(HttpClient.Version.HTTP_1_1);
    this.http = tls.equals(TlsFiles.NONE) ? builder.build() : builder.sslContext(new PemTls(tls).context()).build();
  }

  @Override
  public void send(Audience audience, byte[] envelope, boolean kept) throws InterruptedException {
    if (audience.kind() == Audience.Kind.GROUPS) {
      for (URI address : addresses.values()) {
        put(address.resolve("/api/fleet/desired"), Envelope.MEDIA_TYPE, envelope);
      }
    } else {
      put(address(audience.name()).resolve("/api/fleet/desired"), Envelope.MEDIA_TYPE, envelope);
    }
  }

  @Override
  public void sendTrust(long version, byte[] trust) throws InterruptedException {
    for (URI address : addresses.values()) {
      put(address.resolve("/api/fleet/trust"), "application/json", trust);
    }
  }

  private URI address(String station) {
    return Optional.ofNullable(addresses.get(station)).orElseThrow(() -> new FaultException(Fault.FLEET_UNREACHABLE,
        "Station " + station + " has no url in the group's file, and no broker was named. Nothing was sent to it."));
  }

  /** What a station refuses it also reports, so that only what never arrived is a failure here. */
  private void put(URI uri, String type, byte[] body) throws InterruptedException {
    try {
      HttpResponse<String> answer = http.send(request(uri).header("Content-Type", type).PUT(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
          HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 500 || answer.statusCode() == 404 || answer.statusCode() == 401) {
        throw unreachable(uri, "it answered " + answer.statusCode());
      }
    } catch (IOException e) {
      throw unreachable(uri, String.valueOf(e.getMessage()));
    }
  }

  private HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
    return request;
  }

  @Override
  public Map<String, Known> stations() throws InterruptedException {
    Map<String, Known> known = new LinkedHashMap<>();
    for (Map.Entry<String, URI> station : addresses.entrySet()) {
      known.put(station.getKey(), known(station.getValue()));
    }
    return known;
  }

  private Known known(URI address) throws InterruptedException {
    try {
      HttpResponse<String> answer = http.send(request(address.resolve("/api/fleet")).build(), HttpResponse.BodyHandlers.ofString());
      JsonNode reports = StrictJson.mapper().readTree(answer.body()).path("reports");
      return new Known(Optional.of(true), reports.isEmpty() ? Optional.empty() : Optional.of(StrictJson.mapper().treeToValue(reports.get(0), Report.class)));
    } catch (IOException e) {
      return new Known(Optional.of(false), Optional.empty());
    }
  }

  private static FaultException unreachable(URI uri, String why) {
    return new FaultException(Fault.FLEET_UNREACHABLE, uri + " was not reached (" + why + "). The station goes on with what it has. See its address and whether it runs.");
  }

  @Override
  public void close() {
    // The client has no connection of its own to end on Java 17.
  }
}
