package io.kerf.config.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartIdsTest {
  @Test
  void theWholeIdFitsOrNothingDoes() {
    PartIds flanges = PartIds.of("F40-[0-9]{6}");
    assertThat(flanges.fit("F40-000123")).isTrue();
    assertThat(flanges.fit("F40-0001234")).isFalse();
    assertThat(flanges.fit("xF40-000123")).isFalse();
    assertThat(PartIds.of("F40-.*|F41-.*").fit("F41-9")).isTrue();
  }

  @Test
  void anIdThatIsTooLongFitsNothing() {
    assertThat(PartIds.of("a*").fit("a".repeat(PartIds.MAX_CHARACTERS))).isTrue();
    assertThat(PartIds.of("a*").fit("a".repeat(PartIds.MAX_CHARACTERS + 1))).isFalse();
  }

  /** With java.util.regex each of these takes longer than the line will run. */
  @ParameterizedTest
  @ValueSource(strings = {"(a+)+b", "(a|a)*b", "(a|aa)+b", "([a-z]+)*[0-9]", "(.*a){20}b", "((a*)*)*b"})
  void noPatternHangsTheLine(String expression) {
    PartIds pattern = PartIds.of(expression);
    long began = System.nanoTime();
    assertThat(pattern.fit("a".repeat(PartIds.MAX_CHARACTERS))).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).as("of centuries").isLessThan(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a{1001}", "((a{100}){100}){100}", "(((a{999}){999}){999}){999}", "(.{0,100}){0,100}x", "(a{99999999999999999999})"})
  void whatIsNoPatternOrTooLargeIsRefused(String expression) {
    assertThatIllegalArgumentException().isThrownBy(() -> PartIds.of(expression));
  }
}
