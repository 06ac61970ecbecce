package io.kerf.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.Encoding;
import io.kerf.imaging.ImageQuality;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GenerationTest {
  private final AtomicInteger closed = new AtomicInteger();
  private final Generation generation = new Generation(null, new Encoder() {
    @Override
    public Set<EncoderOutput> outputs() {
      return Set.of(EncoderOutput.EMBEDDING);
    }

    @Override
    public String engine() {
      return "fake";
    }

    @Override
    public Encoding[] encode(int widthPx, int heightPx, float[]... images) {
      throw new AssertionError("not asked here");
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }, new LightWatch(new ImageQuality(0.5, 0.2, 0.01)), Runnable::run);

  @Test
  void theEncoderStaysOpenUntilTheLastLeaseIsReturned() {
    Generation.Lease first = generation.lease().orElseThrow();
    Generation.Lease second = generation.lease().orElseThrow();
    generation.retire();
    assertThat(generation.lease()).isEmpty();
    first.close();
    assertThat(closed).hasValue(0);
    second.close();
    assertThat(closed).hasValue(1);
  }

  @Test
  void anIdleGenerationIsClosedAtOnceAndOnlyOnce() {
    generation.retire();
    generation.retire();
    assertThat(closed).hasValue(1);
  }

  @Test
  void aLeaseReturnedTwiceCountsOnce() {
    Generation.Lease first = generation.lease().orElseThrow();
    Generation.Lease second = generation.lease().orElseThrow();
    first.close();
    first.close();
    generation.retire();
    assertThat(closed).hasValue(0);
    second.close();
    assertThat(closed).hasValue(1);
  }

  @Test
  void manyThreadsLeasingWhileItRetiresNeverUseAClosedEncoder() throws Exception {
    AtomicInteger violations = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 8; i++) {
      threads.execute(() -> {
        for (int n = 0; n < 20_000; n++) {
          generation.lease().ifPresent(lease -> {
            if (closed.get() != 0) {
              violations.incrementAndGet();
            }
            lease.close();
          });
        }
      });
    }
    generation.retire();
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(violations).hasValue(0);
    assertThat(closed).hasValue(1);
  }
}
