package io.kerf.station.output;

import java.time.Duration;
import java.util.Optional;

/** What a receiver's answer to a POST means. */
final class WebhookAnswer {
  private WebhookAnswer() {}

  /**
   * 2xx is delivered. What passes by itself is tried again: 5xx, 408, 425 and 429, after {@code Retry-After} where that asks for longer, up to {@link
   * BackOff#LONGEST}. Anything else will be answered the same way tomorrow and is given up; redirects are not followed, as they could lead anywhere.
   *
   * @param attempts made so far for this message, 1 or more
   * @param chance in [0, 1)
   */
  static Delivery of(int status, Optional<String> retryAfter, int attempts, double chance) {
    if (status >= 200 && status < 300) {
      return Delivery.DELIVERED;
    }
    if (status >= 500 || status == 408 || status == 425 || status == 429) {
      Duration asked = retryAfter.flatMap(WebhookAnswer::seconds).orElse(Duration.ZERO);
      Duration pause = BackOff.pause(attempts, chance);
      return new Delivery.Later("The receiver answers " + status + "; outcomes wait and are tried again", asked.compareTo(pause) > 0 ? asked : pause);
    }
    return new Delivery.Refused("the receiver answered " + status + (status >= 300 && status < 400 ? ", a redirect, which is not followed" : "")
        + "; see that the address and the secret are those it expects");
  }

  /** A date is not read: the receiver's clock is not the station's. */
  private static Optional<Duration> seconds(String retryAfter) {
    return retryAfter.strip().matches("[0-9]{1,9}") ? Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(retryAfter.strip()), BackOff.LONGEST.toSeconds())))
        : Optional.empty();
  }
}
