package io.kerf.station.output;

import java.time.Duration;
import java.util.Optional;

/** What a receiver's answer to a POST means. */
final class WebhookAnswer {
  static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int TOO_MANY_DOUBLINGS = 20;

  private WebhookAnswer() {}

  /**
   * 2xx is delivered. What passes by itself is tried again: 5xx, 408, 425 and 429, after {@code Retry-After} where that asks for longer, up to {@link
   * #LONGEST_PAUSE}. Anything else will be answered the same way tomorrow and is given up; redirects are not followed, as they could lead anywhere.
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
      Duration pause = pause(attempts, chance);
      return new Delivery.Later("The receiver answers " + status + "; outcomes wait and are tried again", asked.compareTo(pause) > 0 ? asked : pause);
    }
    return new Delivery.Refused("the receiver answered " + status + (status >= 300 && status < 400 ? ", a redirect, which is not followed" : "")
        + "; see that the address and the secret are those it expects");
  }

  /** Doubles with each attempt, and a random half of it comes off, so that many stations do not come back together. */
  static Duration pause(int attempts, double chance) {
    long millis = FIRST_PAUSE.toMillis() << Math.min(attempts - 1, TOO_MANY_DOUBLINGS);
    return Duration.ofMillis((long) (Math.min(millis, LONGEST_PAUSE.toMillis()) * (1 - chance / 2)));
  }

  /** A date is not read: the receiver's clock is not the station's. */
  private static Optional<Duration> seconds(String retryAfter) {
    return retryAfter.strip().matches("[0-9]{1,9}") ? Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(retryAfter.strip()), LONGEST_PAUSE.toSeconds())))
        : Optional.empty();
  }
}
