package io.kerf.station.output;

import io.kerf.config.document.WebhookSettings;
import io.kerf.fault.FaultException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends by POST, one at a time, each signed where there is a secret. */
final class WebhookPeer implements Peer {
  private final WebhookSettings settings;
  private final Secrets secrets;
  private final Health health;
  private final Clock clock;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile Optional<Ready> ready = Optional.empty();

  private record Ready(HttpClient client, Optional<String> secret) {}

  WebhookPeer(WebhookSettings settings, Secrets secrets, Health health, Clock clock) {
    this.settings = settings;
    this.secrets = secrets;
    this.health = health;
    this.clock = clock;
  }

  @Override
  public int window() {
    return 1;
  }

  @Override
  public void tend() {
    if (ready.isEmpty()) {
      try {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(settings.timeout()).followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1);
        settings.tls().map(PemFiles::context).ifPresent(client::sslContext);
        ready = Optional.of(new Ready(client.build(), settings.secret().map(secrets::read)));
      } catch (FaultException e) {
        health.fails(e.detail());
      }
    }
  }

  @Override
  public CompletableFuture<Delivery> deliver(Message message) {
    if (ready.isEmpty()) {
      return CompletableFuture.completedFuture(new Delivery.Later(health.condition().words(), BackOff.pause(attempts.incrementAndGet(), Math.random())));
    }
    CompletableFuture<HttpResponse<Void>> answer = ready.get().client().sendAsync(request(message, ready.get().secret()), HttpResponse.BodyHandlers.discarding());
    return answer.orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS).handle((response, failure) -> {
      if (failure != null) {
        answer.cancel(true);
        return unreachable(failure);
      }
      Delivery delivery = WebhookAnswer.of(response.statusCode(), response.headers().firstValue("Retry-After"), attempts.incrementAndGet(), Math.random());
      if (!(delivery instanceof Delivery.Later)) {
        attempts.set(0);
      }
      return delivery;
    });
  }

  private HttpRequest request(Message message, Optional<String> secret) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url())).timeout(settings.timeout()).header("Content-Type", "application/json")
        .header("X-Kerf-Id", message.id()).POST(HttpRequest.BodyPublishers.ofByteArray(message.body()));
    secret.ifPresent(key -> request.header(Signature.HEADER, Signature.of(key, clock.instant().getEpochSecond(), message.body())));
    return request.build();
  }

  private Delivery unreachable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    return new Delivery.Later("The receiver " + URI.create(settings.url()).getHost() + " cannot be reached (" + cause.getClass().getSimpleName()
        + "); outcomes wait and are tried again. See that it runs and that the network lets the station through", BackOff.pause(attempts.incrementAndGet(), Math.random()));
  }

  /** What is on its way ends by its own timeout. */
  @Override
  public void close() {
    ready = Optional.empty();
  }
}
