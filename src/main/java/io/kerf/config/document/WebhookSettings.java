package io.kerf.config.document;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An address that is sent each outcome by POST.
 *
 * @param url {@code http:} or {@code https:}
 * @param secret that bodies are signed with; not signed where absent
 * @param tls for {@code https:}; the certificates that Java trusts where absent
 * @param when verdicts that are sent; all of them by default
 * @param timeout of one attempt, 100 ms to 60 s; 5 s by default
 * @param outbox what waits while the receiver is away
 */
public record WebhookSettings(String url, Optional<SecretSettings> secret, Optional<TlsSettings> tls, List<Sent> when, Duration timeout, OutboxSettings outbox) {
  public WebhookSettings {
    secret = secret == null ? Optional.empty() : secret;
    tls = tls == null ? Optional.empty() : tls;
    when = when == null ? List.of(Sent.values()) : List.copyOf(when);
    timeout = timeout == null ? Duration.ofSeconds(5) : timeout;
    outbox = outbox == null ? OutboxSettings.DEFAULT : outbox;
  }

  /** A verdict; parts without an image to judge are {@code UNJUDGED}. */
  public enum Sent {
    OK,
    NG,
    UNJUDGED
  }
}
