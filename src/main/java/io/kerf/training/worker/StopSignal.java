package io.kerf.training.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import sun.misc.Signal;

/**
 * Hears when to stop: the line {@code stop} on standard input ends training early and keeps what was learnt; the end of standard input
 * means the parent is gone, so that a checkpoint is written and the process ends, within {@link #GRACE} in any case. SIGTERM counts as the
 * parent gone. SIGINT is left to the parent, which gets it too when someone presses Ctrl-C.
 */
final class StopSignal {
  enum State {
    RUN,
    FINISH_EARLY,
    ABANDON
  }

  /** More than a step takes, and the checkpoint after it. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private volatile State state = State.RUN;

  static StopSignal listeningTo(InputStream in) {
    StopSignal signal = new StopSignal();
    Thread reader = new Thread(() -> signal.read(in), "stop-signal");
    reader.setDaemon(true);
    reader.start();
    Signal.handle(new Signal("INT"), ignored -> {});
    Signal.handle(new Signal("TERM"), ignored -> signal.state = State.ABANDON);
    return signal;
  }

  State state() {
    return state;
  }

  private void read(InputStream in) {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("stop")) {
          state = State.FINISH_EARLY;
        }
      }
    } catch (IOException e) {
      // A broken pipe says the same as its end.
    }
    state = State.ABANDON;
    endIfTheWorkDoesNot();
  }

  /** Work that hangs in native code never looks at the state, and nobody is left to kill it. */
  private static void endIfTheWorkDoesNot() {
    try {
      Thread.sleep(GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(WorkerMain.EXIT_ABANDONED);
  }
}
