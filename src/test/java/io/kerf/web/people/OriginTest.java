package io.kerf.web.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:8443"})
  void namesOfThisMachine(String host) {
    assertThat(Origin.isLoopbackName(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "station", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:8080", "10.0.0.1", "localhost@evil.example", "127.0.0.1:80:80", "0.0.0.0",
      "[::ffff:10.0.0.1]", "localhost evil"})
  void namesThatMayLeadAnywhere(String host) {
    assertThat(Origin.isLoopbackName(host)).isFalse();
  }

  @Test
  void aRequestWithoutAHostHasNoNameForThisMachine() {
    assertThat(Origin.isLoopbackName(null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
      "-, -, station:8080, false", "same-origin, -, station, false", "none, -, station, false", "same-site, -, station, true", "cross-site, -, station, true", "nonsense, -, station, true",
      "same-origin, http://other, station, false", "cross-site, http://station, station, true",
      "-, http://station:8080, station:8080, false", "-, http://STATION, station:80, false", "-, https://station, station:443, false", "-, https://station:8443, station:8443, false",
      "-, http://station:8081, station:8080, true", "-, http://evil.example, station, true", "-, null, station, true", "-, http://station, -, true", "-, http://station.evil.example, station, true"})
  void whereARequestComesFrom(String fetchSite, String origin, String host, boolean crossSite) {
    assertThat(Origin.isCrossSite(fetchSite, origin, host)).isEqualTo(crossSite);
  }
}
