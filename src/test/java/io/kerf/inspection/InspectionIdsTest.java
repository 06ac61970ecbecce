package io.kerf.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InspectionIdsTest {
  private static final Instant NOON = Instant.parse("2024-11-23T12:00:00.123Z");

  @Test
  void anIdentifierIsAUuidOfVersion7WithItsTime() {
    String id = new InspectionIds(at(NOON), new Random(1), Optional.empty()).next();
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
    assertThat(UUID.fromString(id).variant()).isEqualTo(2);
    assertThat(InspectionIds.timeOf(id)).isEqualTo(NOON);
    assertThat(InspectionIds.isValid(id)).isTrue();
  }

  @Test
  void identifiersGrowWithinAMillisecondAndBeyondItsCounter() {
    InspectionIds ids = new InspectionIds(at(NOON), new Random(1), Optional.empty());
    List<String> given = Stream.generate(ids::next).limit(20_000).toList();
    assertThat(given).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void identifiersGrowWhenTheClockGoesBackTenYearsAndAcrossARestart() {
    List<String> given = new ArrayList<>();
    given.add(new InspectionIds(at(NOON), new Random(1), Optional.empty()).next());
    for (int year : new int[] {2014, 2034, 1970, 2024}) {
      InspectionIds restarted = new InspectionIds(at(NOON.atOffset(ZoneOffset.UTC).withYear(year).toInstant()), new Random(2), Optional.of(given.get(given.size() - 1)));
      given.add(restarted.next());
      given.add(restarted.next());
    }
    assertThat(given).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void manyThreadsNeverGetTheSame() {
    InspectionIds ids = new InspectionIds(Clock.tick(Clock.systemUTC(), Duration.ofSeconds(1)), new Random(1), Optional.empty());
    ConcurrentSkipListSet<String> given = new ConcurrentSkipListSet<>();
    IntStream.range(0, 50_000).parallel().forEach(i -> given.add(ids.next()));
    assertThat(given).hasSize(50_000);
  }

  @Test
  void nothingElseIsAnIdentifier() {
    assertThat(Stream.of("", "..", "../../kerf.db", "0193c1f0-5a2e-4c41-9d3b-6a1f0e2b7c55", "0193C1F0-5A2E-7C41-9D3B-6A1F0E2B7C55",
        "0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55\n")).noneMatch(InspectionIds::isValid);
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }
}
