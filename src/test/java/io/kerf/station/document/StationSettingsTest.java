package io.kerf.station.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.config.KerfConfig;
import io.kerf.config.TestConfig;
import io.kerf.config.document.DocumentReader;
import io.kerf.config.document.StationDocument;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.store.EvidencePolicy;
import io.kerf.inspection.store.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StationSettingsTest {
  private static final KerfConfig MACHINE = TestConfig.of(Map.of());

  private static StationSettings settings(String text) {
    StationDocument document = ((DocumentReader.Reading.Good) DocumentReader.read(text.getBytes(StandardCharsets.UTF_8))).document();
    return new StationSettings(MACHINE, () -> document);
  }

  @Test
  void whatTheDocumentLeavesOutIsAsTheMachineHasIt() {
    StationSettings settings = settings("schema: 1");
    KerfConfig.Learn machine = MACHINE.learn();
    KerfConfig.Learn learn = settings.learn("default");
    assertThat(settings.name()).isEqualTo(MACHINE.name());
    assertThat(settings.openViewing()).isTrue();
    assertThat(settings("schema: 1\npeople: {open-viewing: false}").openViewing()).isFalse();
    assertThat(learn.enabled()).isEqualTo(machine.enabled());
    assertThat(learn.cron()).isEqualTo(machine.cron());
    assertThat(learn.window()).isEqualTo(machine.window());
    assertThat(learn.budget()).isEqualTo(machine.budget());
    assertThat(learn.leastFree().asLongValue()).isEqualTo(machine.leastFree().asLongValue());
    assertThat(learn.memory().asLongValue()).isEqualTo(machine.memory().asLongValue());
    assertThat(learn.promotion()).isEqualTo(machine.promotion());
    assertThat(settings.watchedParts("default")).isEqualTo(200);
    assertThat(settings.collecting("default").orElseThrow().mostPresumed()).isEqualTo(500);
  }

  @Test
  void theRecipeHasItsWordBeforeTheStationAndTheStationBeforeTheMachine() {
    StationSettings settings = settings("""
        schema: 1
        station: {name: Press 4}
        recipes:
          a: {learning: {budget: 1m, refit-after: 7}, collecting: {max-count: 9}, model: {watched-parts: 0, promotion: by-hand}}
          b: {collecting: {enabled: false}, model: {pinned: "%s"}}
        learning: {budget: 2m, window: "22:00-05:00", least-free: 5G}
        collecting: {max-count: 50, least-p-value: 0.4}
        """.formatted("0".repeat(64)));
    assertThat(settings.name()).isEqualTo("Press 4");
    assertThat(settings.learn("a").budget()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.learn("a").refitAfter()).isEqualTo(7);
    assertThat(settings.learn("a").window()).isEqualTo("22:00-05:00");
    assertThat(settings.learn("a").promotion()).isEqualTo(KerfConfig.Learn.Promotion.BY_HAND);
    assertThat(settings.learn("b").budget()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.learn("b").leastFree().asLongValue()).isEqualTo(5L << 30);
    assertThat(settings.learn("b").promotion()).as("a pinned model is not replaced by the station").isEqualTo(KerfConfig.Learn.Promotion.BY_HAND);
    assertThat(settings.learn("other").budget()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.collecting("a").orElseThrow().mostPresumed()).isEqualTo(9);
    assertThat(settings.collecting("a").orElseThrow().leastPValue()).isEqualTo(0.4);
    assertThat(settings.collecting("b")).isEmpty();
    assertThat(settings.collecting("other").orElseThrow().mostPresumed()).isEqualTo(50);
    assertThat(settings.watchedParts("a")).isZero();
    assertThat(settings.watchedParts("b")).as("nor taken out of use").isZero();
    assertThat(settings.watchedParts("other")).isEqualTo(200);
    assertThatThrownBy(() -> settings.requireUnpinned("b")).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL_PINNED))
        .hasMessageContaining("recipes.b.model.pinned");
    assertThatCode(() -> settings.requireUnpinned("a")).doesNotThrowAnyException();
  }

  @Test
  void whatIsKeptIsAsTheDocumentSaysAndElseAsTheMachineDoes() {
    assertThat(settings("schema: 1").retention()).isEqualTo(
        new RetentionPolicy(EvidencePolicy.ALL, Duration.ofHours(1), 2L << 30, Duration.ofDays(30), 256L << 20, 1_000_000));
    assertThat(settings("""
        schema: 1
        retention: {ok-share: 0.02, ng: false, unjudged: false, recent: 2h, max-bytes: 10G, max-age: 7d, least-free: 3G, max-records: 500}
        """).retention()).isEqualTo(new RetentionPolicy(new EvidencePolicy(0.02, false, false), Duration.ofHours(2), 10L << 30, Duration.ofDays(7), 3L << 30, 500));
  }

  @Test
  void aTimeOrASizeThatNobodyCanReckonWithIsCutToOneThatOneCan() {
    RetentionPolicy policy = new RetentionPolicy(EvidencePolicy.ALL, Duration.ofSeconds(Long.MAX_VALUE), Long.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE), Long.MAX_VALUE, 1);
    assertThat(policy.recent()).isEqualTo(policy.maxAge()).isEqualTo(Duration.ofDays(36_500));
    assertThat(policy.leastFreeBytes()).isEqualTo(policy.maxBytes()).isEqualTo(1L << 60);
  }
}
