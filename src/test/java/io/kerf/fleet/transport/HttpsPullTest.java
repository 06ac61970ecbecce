package io.kerf.fleet.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.kerf.fleet.Brokers;
import io.kerf.fleet.FleetFixture;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.protocol.FleetAgent;
import io.kerf.fleet.protocol.FleetFolder;
import io.kerf.fleet.protocol.Identity;
import io.kerf.fleet.simulation.SimulatedStation;
import io.kerf.fleet.trust.SigningKey;
import io.kerf.fleet.trust.TrustStore;
import io.kerf.storage.Sha256;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plant behind NAT: a server of files is all there is. */
class HttpsPullTest {
  private static final FleetFixture FLEET = new FleetFixture();

  @TempDir
  private Path folder;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, byte[]> handedIn = new ConcurrentHashMap<>();
  private final AtomicInteger unchanged = new AtomicInteger();
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(2);
  private HttpServer server;
  private FleetAgent agent;
  private SimulatedStation station;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/fleet/", exchange -> {
      String path = exchange.getRequestURI().getPath().substring("/fleet/".length());
      byte[] body = new byte[0];
      int status = 404;
      if (exchange.getRequestMethod().equals("PUT")) {
        handedIn.put(path, exchange.getRequestBody().readAllBytes());
        status = 204;
      } else if (files.containsKey(path)) {
        String etag = "\"" + Sha256.of(files.get(path)) + "\"";
        boolean same = etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        status = same ? 304 : 200;
        body = same ? body : files.get(path);
        unchanged.addAndGet(same ? 1 : 0);
        exchange.getResponseHeaders().add("ETag", etag);
      }
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fleet");
    Path first = Files.write(folder.resolve("first.json"), FLEET.trust().bytes());
    FleetFolder data = FleetFolder.open(folder.resolve("fleet"));
    station = new SimulatedStation(folder.resolve("station"), FleetFixture.bytes("{\"exposureMs\": 8, \"url\": \"" + url + "\"}"), System::nanoTime, TlsFiles.NONE);
    agent = new FleetAgent(new Identity(FleetFixture.STATION, List.of("press")), data, TrustStore.open(data.trust(), Optional.of(first)), station,
        Clock.fixed(FleetFixture.NOW, ZoneOffset.UTC), System::nanoTime, Duration.ofMillis(100), changed -> {});
  }

  @AfterEach
  void stop() {
    worker.shutdownNow();
    server.stop(0);
  }

  private StationLink link(Duration every) {
    return new StationLink(agent, worker, worker, every, System::nanoTime).start();
  }

  @Test
  void trustIsWalkedTheNewestDocumentTakenAndReportsAreHandedIn() throws Exception {
    SigningKey fresh = SigningKey.generate();
    files.put("trust/2", FLEET.trust(2, 1, FLEET.signer).bytes());
    files.put("trust/3", FLEET.trust(3, 1, fresh).bytes());
    String document = "{\"exposureMs\": 9, \"url\": \"" + agent.endpoint().url().orElseThrow() + "\"}";
    files.put("groups/press/desired", FleetFixture.sign(FleetFixture.payload(new FleetVersion(1, 1), Audience.group("press"), document, FleetFixture.QUICK), fresh));
    files.put("stations/line-7/desired", FleetFixture.sign(FleetFixture.payload(2, document), fresh));
    try (StationLink link = link(Duration.ofMillis(500))) {
      Brokers.await("version 2 is applied", () -> station.active().version().equals("1.2"));
      assertThat(agent.trustVersion()).isEqualTo(3);
      Brokers.await("what has not changed is not fetched", () -> unchanged.get() > 0);
      Brokers.await("reports were handed in", () -> handedIn.containsKey("stations/line-7/reported"));
    }
  }

  @Test
  void whatIsTooLargeOrRefusedIsLookedAtAgainAndChangesNothing() throws Exception {
    files.put("stations/line-7/desired", new byte[1 << 20]);
    try (StationLink link = link(Duration.ofMillis(100))) {
      Brokers.await("it is refused", () -> agent.status().reports().get(0).code().equals(Optional.of("fleet-too-large")));
      files.put("stations/line-7/desired", FLEET.envelope(1, "{\"exposureMs\": 9}"));
      Brokers.await("the good one is taken", () -> agent.status().highestSeen().isPresent());
    }
  }

  @Test
  void aFleetThatIsAwayStopsNothing() throws Exception {
    server.stop(0);
    try (StationLink link = link(Duration.ofMillis(100))) {
      agent.receive(FLEET.envelope(1, "{\"exposureMs\": 9, \"url\": \"" + agent.endpoint().url().orElseThrow() + "\"}"));
      Brokers.await("applied", () -> station.active().version().equals("1.1"));
    }
  }
}
