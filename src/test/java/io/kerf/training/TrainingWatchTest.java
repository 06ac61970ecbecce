package io.kerf.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingWatchTest {
  private final TrainingWatch watch = new TrainingWatch(1000 << 20);

  private static WorkerEvent at(long step) {
    return new WorkerEvent.Progress(step, 0, 0, 0, 0, 0, 0);
  }

  private Optional<FaultException> seconds(int many) {
    for (int i = 0; i < many; i++) {
      Optional<FaultException> objection = watch.second(900L << 20);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  @Test
  void silenceIsNotWaitedForLongerThanAMinute() {
    watch.heard(at(12));
    assertThat(seconds(60)).isEmpty();
    assertThat(seconds(1)).hasValueSatisfying(e -> {
      assertThat(e.fault()).isEqualTo(Fault.TRAINING_HUNG);
      assertThat(e.detail()).isEqualTo("The training process said nothing for 60 s (last at: step 12) and was killed. The model in use stays.");
    });
  }

  @Test
  void whatIsAliveAndDoesNotGetOnHangsToo() {
    for (int second = 0; second < TrainingWatch.STUCK_SECONDS; second++) {
      watch.heard(second == 0 ? new WorkerEvent.Stage("train") : new WorkerEvent.Alive());
      assertThat(watch.second(0)).isEmpty();
    }
    watch.heard(new WorkerEvent.Stage("train"));
    assertThat(watch.second(0)).hasValueSatisfying(e -> assertThat(e.detail()).contains("did not get on for 30 minutes (last at: train)"));
  }

  @Test
  void whatGetsOnMayTakeAsLongAsItTakes() {
    for (int step = 0; step < 10; step++) {
      watch.heard(at(step));
      for (int i = 0; i < 40; i++) {
        assertThat(seconds(50)).isEmpty();
        watch.heard(i == 20 ? at(step) : new WorkerEvent.Alive());
        if (i == 30) {
          watch.heard(new WorkerEvent.Stage("export " + step));
        }
      }
    }
  }

  @Test
  void farTooMuchMemoryIsTakenAway() {
    assertThat(watch.second(1250L << 20)).isEmpty();
    assertThat(watch.second((1250L << 20) + 1)).hasValueSatisfying(e -> assertThat(e.fault()).isEqualTo(Fault.TRAINING_OUT_OF_MEMORY));
  }
}
