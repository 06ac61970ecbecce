package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import io.kerf.packaged.Mounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty gigabytes on a disk for two, a hundred times smaller: twenty-five times what may be kept is written to a file system of its own. */
class StorageTest {
  private static final int DISK_MEGABYTES = 64;
  private static final long QUOTA = 20L << 20;
  private static final long LEAST_FREE = 16L << 20;
  private static final long WRITTEN = 500L << 20;
  private static final int IMAGE = 100_000;
  private static final int HEAT_MAP = 15_000;
  private static final int BETWEEN_SWEEPS = 40;

  @TempDir
  private Path temp;
  private final Mounts mounts = new Mounts();
  private final TestClock clock = new TestClock(Instant.parse("2024-11-01T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();
  private final Random random = new Random(1);
  private final List<Inspection> parts = new ArrayList<>();
  private Path disk;
  private StoreFixture fixture;
  private Retention retention;

  @AfterEach
  void unmount() throws Exception {
    mounts.close();
  }

  private void open(EvidencePolicy policy) throws Exception {
    disk = mounts.small(temp.resolve("disk"), DISK_MEGABYTES);
    fixture = new StoreFixture(disk, clock);
    fixture.policy = new RetentionPolicy(policy, Duration.ofMinutes(1), QUOTA, Duration.ofDays(30), LEAST_FREE, Long.MAX_VALUE);
    retention = new Retention(fixture.store, clock, nanos::get, () -> fixture.policy);
  }

  /** A part each quarter of a second, one in ten NG, and a sweep now and then as a station has them. */
  private void write(long bytes) throws Exception {
    for (long written = 0; written < bytes; written += IMAGE + HEAT_MAP) {
      clock.now = clock.now.plusMillis(250);
      nanos.addAndGet(250_000_000);
      Inspection part = fixture.inspection(random.nextInt(10) == 0 ? Verdict.NG : Verdict.OK);
      fixture.store.record(part, new byte[IMAGE], Optional.of(new byte[HEAT_MAP]));
      parts.add(part);
      assertThat(fixture.evidence.bytes()).isLessThanOrEqualTo(QUOTA);
      assertThat(disk.toFile().getUsableSpace()).isGreaterThanOrEqualTo(LEAST_FREE);
      if (parts.size() % BETWEEN_SWEEPS == 0) {
        retention.sweepEvidence();
        assertThat(fixture.evidence.bytes()).as("what is counted is what is there").isEqualTo(onDisk());
      }
    }
  }

  private long onDisk() throws Exception {
    long bytes = 0;
    for (Path day : fixture.evidence.days()) {
      for (Path file : fixture.evidence.files(day)) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private EvidenceState state(Inspection part) {
    return fixture.store.evidenceState(fixture.store.byId(part.id()).orElseThrow());
  }

  private List<Inspection> kept() {
    return parts.stream().filter(part -> state(part) == EvidenceState.KEPT).toList();
  }

  @Test
  void quotaAndReserveHoldAtEveryPartAndTheOldestImagesGoFirst() throws Exception {
    open(EvidencePolicy.ALL);
    write(WRITTEN);
    assertThat(fixture.store.count()).isEqualTo(parts.size()).isGreaterThan(4500);
    assertThat(fixture.store.evidenceLost()).isZero();
    List<Inspection> kept = kept();
    assertThat(kept).as("the newest").isEqualTo(parts.subList(parts.size() - kept.size(), parts.size()));
    assertThat((long) kept.size() * (IMAGE + HEAT_MAP)).isBetween(QUOTA * 8 / 10, QUOTA);
  }

  @Test
  void imagesOfBadPartsStayTenTimesAsLongWherePolicyLetsGoodOnesGo() throws Exception {
    open(new EvidencePolicy(0, true, true));
    write(WRITTEN);
    assertThat(fixture.store.count()).isEqualTo(parts.size());
    List<Inspection> kept = kept();
    int oldestNg = parts.indexOf(kept.stream().filter(part -> part.verdict() == Verdict.NG).findFirst().orElseThrow());
    int oldestOk = parts.indexOf(kept.stream().filter(part -> part.verdict() == Verdict.OK).findFirst().orElseThrow());
    assertThat(parts.size() - oldestNg).as("parts that NG images reach back").isGreaterThan(5 * (parts.size() - oldestOk));
    assertThat(parts.subList(oldestNg, parts.size()).stream().filter(part -> part.verdict() == Verdict.NG)).allMatch(part -> state(part) == EvidenceState.KEPT);
    assertThat(parts.subList(oldestNg, oldestOk).stream().filter(part -> part.verdict() == Verdict.OK)).allMatch(part -> state(part) == EvidenceState.RELEASED);
  }

  @Test
  void whereOthersFillTheDiskImagesGiveWayToTheReserveAndVerdictsGoOn() throws Exception {
    open(EvidencePolicy.ALL);
    write(10L << 20);
    long others = disk.toFile().getUsableSpace() - LEAST_FREE - (1 << 20);
    Files.write(disk.resolve("others"), new byte[(int) others]);
    write(2L << 20);
    Files.write(disk.resolve("more"), new byte[(int) (fixture.evidence.bytes() + (1 << 20))]);
    long free = disk.toFile().getUsableSpace();
    Inspection part = fixture.inspection(Verdict.NG);
    fixture.store.record(part, new byte[IMAGE], Optional.empty());
    assertThat(fixture.store.byId(part.id())).isPresent();
    assertThat(state(part)).isEqualTo(EvidenceState.LOST);
    assertThat(disk.toFile().getUsableSpace()).isGreaterThan(free);
    assertThat(fixture.store.shortage()).hasValueSatisfying(sentence -> assertThat(sentence).contains("kerf.evidence.least-free").contains("verdicts are"));

    Files.delete(disk.resolve("more"));
    Files.delete(disk.resolve("others"));
    write(IMAGE);
    assertThat(state(parts.get(parts.size() - 1))).isEqualTo(EvidenceState.KEPT);
    assertThat(fixture.store.shortage()).isEmpty();
  }
}
