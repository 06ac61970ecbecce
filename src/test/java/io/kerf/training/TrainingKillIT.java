package io.kerf.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Preprocessing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The training process, killed by signal 9 at random moments (while it loads, steps, writes a checkpoint after every step, exports) and started
 * again on the same folder. {@code -Dkerf.kills=20} kills more often than the few times of every build.
 */
class TrainingKillIT {
  private static final int KILLS = Integer.getInteger("kerf.kills", 2);
  private static final int STEPS = 60;
  private static final int LONGEST_MILLIS_AFTER_START = 1500;

  @TempDir
  private Path folder;

  @Test
  void aTrainingThatIsKilledAgainAndAgainGoesOnWhereItStoodAndComesToItsEnd() throws Exception {
    List<String> images = SyntheticParts.good(folder.resolve("good"), 12, 1).stream().map(Path::toString).toList();
    Lesson pooled = Lesson.pooled();
    Lesson small = new Lesson(pooled.task(), pooled.objective(), pooled.cropPx(), pooled.headWidths(), 4, pooled.optimiser(), pooled.learningRate(),
        pooled.weightDecay(), 5, pooled.augmentation());
    TrainingOrder order = new TrainingOrder(images, Preprocessing.ofSize(32), small, new Length.Steps(STEPS), 7, 1, Optional.empty(),
        TrainingOrder.DEFAULT_MEMORY_BYTES, 0);
    Path job = folder.resolve("job");
    Random random = new Random(1);
    long stood = 0;
    int beforeItsEnd = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      AtomicLong resumedAt = new AtomicLong(-1);
      CountDownLatch started = new CountDownLatch(1);
      TrainingProcess process = TrainingProcess.start(job, order, event -> {
        if (event instanceof WorkerEvent.Started from) {
          resumedAt.set(from.resumedAt());
          started.countDown();
        }
      });
      // Every third time it does not even come to its start.
      if (kill % 3 == 2) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MILLIS_AFTER_START));
      } else {
        assertThat(started.await(90, TimeUnit.SECONDS)).isTrue();
        assertThat(resumedAt.get()).as("kill " + kill).isGreaterThanOrEqualTo(stood);
        stood = resumedAt.get();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MILLIS_AFTER_START));
      }
      process.kill();
      try {
        process.await();
        // It came to its end before it was killed: its checkpoint is gone, and the next begins anew.
        stood = 0;
      } catch (FaultException killed) {
        assertThat(killed.fault()).isIn(Fault.TRAINING_FAILED, Fault.TRAINING_OUT_OF_MEMORY);
        beforeItsEnd++;
      }
    }
    AtomicLong resumedAt = new AtomicLong(-1);
    WorkerEvent.Finished finished = TrainingProcess.start(job, order, event -> {
      if (event instanceof WorkerEvent.Started from) {
        resumedAt.set(from.resumedAt());
      }
    }).await();
    System.out.printf("Training killed %d times, %d before its end; the last run went on at step %d of %d.%n", KILLS, beforeItsEnd, resumedAt.get(), STEPS);
    assertThat(resumedAt.get()).isGreaterThanOrEqualTo(stood);
    assertThat(finished.steps()).isEqualTo(STEPS);
    assertThat(finished.onnxRelativeError()).isLessThan(1e-4);
    assertThat(job).isDirectoryContaining("glob:**/encoder.onnx").isDirectoryContaining("glob:**/encoder.safetensors");
  }
}
