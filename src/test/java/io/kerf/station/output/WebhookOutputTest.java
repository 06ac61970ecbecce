package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kerf.config.document.OutboxSettings;
import io.kerf.config.document.OutputsSection;
import io.kerf.config.document.SecretSettings;
import io.kerf.config.document.WebhookSettings;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Output.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HTTP server. */
class WebhookOutputTest {
  @TempDir
  Path folder;

  private record Got(String body, String signature, String id) {}

  private final List<Got> got = new CopyOnWriteArrayList<>();
  private volatile int answer = 204;
  private volatile String location = "";
  private volatile Duration delay = Duration.ZERO;
  private HttpServer server;
  private Parts parts;
  private Outputs outputs;

  @BeforeEach
  void open() throws Exception {
    parts = new Parts(folder);
    outputs = Outputs.of(parts.dataSource, parts.store, Parts.JSON, parts.ids::next, new FakeTriggers(), new NoChoice(), Parts.CLOCK, System::nanoTime).start();
    parts.told = outputs::tell;
    server = listen(0);
  }

  private HttpServer listen(int port) throws IOException {
    HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    made.createContext("/", this::handle);
    made.start();
    return made;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Got one = new Got(new String(exchange.getRequestBody().readAllBytes()), exchange.getRequestHeaders().getFirst(Signature.HEADER),
        exchange.getRequestHeaders().getFirst("X-Kerf-Id"));
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!location.isEmpty()) {
      exchange.getResponseHeaders().add("Location", location);
    }
    int status = answer;
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
    if (status < 300) {
      got.add(one);
    }
  }

  @AfterEach
  void close() {
    outputs.close();
    server.stop(0);
  }

  private void reconcile(Optional<SecretSettings> secret, Duration timeout) {
    WebhookSettings settings = new WebhookSettings("http://localhost:" + server.getAddress().getPort() + "/kerf", secret, null, null, timeout,
        new OutboxSettings(null, 10_000, Duration.ZERO));
    outputs.reconcile("press-4", new OutputsSection(null, Map.of("mes", settings), null, null));
    Awaiting.until("it knows where it begins", () -> parts.table.cursor("mes").isPresent());
  }

  private Status status() {
    return outputs.statuses().get(0);
  }

  @Test
  void aVerdictIsPostedSignedAsTheInterfaceShowsIt() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "kerf-test-secret\n");
    reconcile(Optional.of(new SecretSettings(Optional.of(secret.toString()), null)), null);
    String id = parts.judge(Verdict.NG);
    Awaiting.until("it arrived", () -> got.size() == 1);
    JsonNode body = Parts.JSON.readTree(got.get(0).body());
    assertThat(body.path("id").asText()).isEqualTo(id).isEqualTo(got.get(0).id());
    assertThat(body.path("verdict").asText()).isEqualTo("NG");
    assertThat(body.path("capturedAt").asText()).isEqualTo("2024-11-23T12:00:00.123Z");
    assertThat(body.path("score").asDouble()).isEqualTo(12.5);
    assertThat(body.path("image").asText()).isEqualTo("/api/inspections/" + id + "/image");
    String signature = got.get(0).signature();
    long seconds = Long.parseLong(signature.substring(2, signature.indexOf(',')));
    assertThat(signature).isEqualTo(Signature.of("kerf-test-secret", seconds, got.get(0).body().getBytes()));
  }

  @Test
  void aPartThatWasMissedIsPostedAsUnjudged() throws Exception {
    reconcile(Optional.empty(), null);
    outputs.tell(Parts.missed());
    Awaiting.until("it arrived", () -> got.size() == 1);
    JsonNode body = Parts.JSON.readTree(got.get(0).body());
    assertThat(body.path("verdict").asText()).isEqualTo("UNJUDGED");
    assertThat(body.path("reason").path("code").asText()).isEqualTo("no-frame");
    assertThat(body.path("partId").asText()).isEqualTo("SN-2");
    assertThat(got.get(0).signature()).isNull();
  }

  @Test
  void aReceiverThatFailsAndRecoversGetsEachInOrder() {
    reconcile(Optional.empty(), null);
    answer = 503;
    List<String> ids = List.of(parts.judge(Verdict.OK), parts.judge(Verdict.NG), parts.judge(Verdict.UNJUDGED));
    Awaiting.until("it is seen to fail", () -> status().condition().state() == State.FAILS);
    assertThat(status().condition().words()).contains("503");
    answer = 200;
    Awaiting.until("all arrived", () -> got.size() == 3);
    assertThat(got).extracting(Got::id).isEqualTo(ids);
    assertThat(status().lost()).isZero();
  }

  @Test
  void aReceiverThatIsNotThereAndComesGetsEach() throws Exception {
    int port = server.getAddress().getPort();
    reconcile(Optional.empty(), null);
    server.stop(0);
    String id = parts.judge(Verdict.OK);
    Awaiting.until("it is seen to be away", () -> status().condition().state() == State.FAILS);
    server = listen(port);
    Awaiting.until("it arrived", () -> got.size() == 1);
    assertThat(got.get(0).id()).isEqualTo(id);
  }

  @Test
  void whatIsRefusedIsCountedAndRedirectsAreNotFollowed() {
    reconcile(Optional.empty(), null);
    answer = 307;
    location = "http://localhost:" + server.getAddress().getPort() + "/elsewhere";
    parts.judge(Verdict.OK);
    Awaiting.until("it is lost", () -> status().lost() == 1);
    assertThat(status().condition().words()).contains("redirect");
    answer = 404;
    parts.judge(Verdict.OK);
    Awaiting.until("it is lost", () -> status().lost() == 2);
    assertThat(got).isEmpty();
  }

  @Test
  void aReceiverThatHangsIsGivenUpAfterTheTimeoutAndTriedAgain() {
    reconcile(Optional.empty(), Duration.ofMillis(300));
    delay = Duration.ofSeconds(2);
    String id = parts.judge(Verdict.OK);
    Awaiting.until("it is seen to hang", () -> status().condition().state() == State.FAILS);
    delay = Duration.ZERO;
    Awaiting.until("it arrived", () -> got.stream().anyMatch(one -> one.id().equals(id)));
    Awaiting.until("it works", () -> status().delivered() == 1);
  }

  @Test
  void aSecretThatCannotBeReadIsToldAndWaitedFor() throws Exception {
    Path secret = folder.resolve("later");
    reconcile(Optional.of(new SecretSettings(Optional.of(secret.toString()), null)), null);
    parts.judge(Verdict.OK);
    Awaiting.until("it says so", () -> status().condition().words().contains(secret.toString()));
    Files.writeString(secret, "s3cret");
    Awaiting.until("it arrived", () -> got.size() == 1);
    assertThat(got.get(0).signature()).startsWith("t=");
  }
}
