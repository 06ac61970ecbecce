package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookAnswerTest {
  @ParameterizedTest
  @CsvSource({"200, Delivered", "201, Delivered", "204, Delivered", "299, Delivered", "301, Refused", "302, Refused", "304, Refused", "400, Refused", "401, Refused",
      "403, Refused", "404, Refused", "408, Later", "410, Refused", "413, Refused", "422, Refused", "425, Later", "429, Later", "500, Later", "502, Later", "503, Later",
      "599, Later"})
  void whatAnAnswerMeans(int status, String meaning) {
    assertThat(WebhookAnswer.of(status, Optional.empty(), 1, 0).getClass().getSimpleName()).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 500", "1, 0.5, 375", "2, 0, 1000", "5, 0, 8000", "7, 0, 32000", "8, 0, 60000", "1000000, 0, 60000", "2147483647, 0.5, 45000"})
  void pausesDoubleToAMinuteAndChanceTakesUpToHalf(int attempts, double chance, long millis) {
    assertThat(BackOff.pause(attempts, chance)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"3, 3000", "0, 500", "' 7 ', 7000", "999999999, 60000", "-5, 500", "'Wed, 21 Oct 2026 07:28:00 GMT', 500", "x, 500", "99999999999999999999, 500"})
  void retryAfterIsHonouredWithinBounds(String retryAfter, long millis) {
    assertThat(WebhookAnswer.of(503, Optional.of(retryAfter), 1, 0)).isInstanceOfSatisfying(Delivery.Later.class,
        later -> assertThat(later.pause()).isEqualTo(Duration.ofMillis(millis)));
  }

  @Test
  void theSignatureIsThatOfTheTestVectorForReceivers() {
    byte[] body = "{\"id\":\"0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55\",\"verdict\":\"NG\"}".getBytes();
    // printf '1764086400.{"id":…}' | openssl dgst -sha256 -hmac kerf-test-secret
    assertThat(Signature.of("kerf-test-secret", 1_764_086_400, body)).isEqualTo("t=1764086400,v1=9ac686526110985a07271059de198af8fb65600346ece1c30a0c7f6dd2120807");
  }
}
