package io.kerf.cli;

import io.kerf.training.LearningJob;
import java.io.PrintWriter;
import sun.misc.Signal;

/** Ctrl-C while training: the first time ends training early and keeps what was learnt, the second time gives up. */
final class Interrupt {
  private Interrupt() {}

  static void stops(LearningJob learning, PrintWriter err) {
    boolean[] asked = new boolean[1];
    Signal.handle(new Signal("INT"), signal -> {
      if (asked[0]) {
        learning.kill();
        Runtime.getRuntime().halt(130);
      }
      asked[0] = true;
      err.println("Stopping: keeping what was learnt so far. Press Ctrl-C again to give up.");
      err.flush();
      learning.stop();
    });
  }
}
