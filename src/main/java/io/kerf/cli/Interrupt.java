package io.kerf.cli;

import io.kerf.inspection.rescore.Rescoring;
import io.kerf.training.LearningJob;
import java.io.PrintWriter;
import sun.misc.Signal;

/** Ctrl-C: the first time ends the work early and keeps what was reached, the second time gives up. */
final class Interrupt {
  private Interrupt() {}

  static void stops(LearningJob learning, PrintWriter err) {
    stops("keeping what was learnt so far", err, learning::stop, learning::kill);
  }

  static void stops(Rescoring rescoring, PrintWriter err) {
    stops("showing what was found so far", err, rescoring::cancel, () -> {});
  }

  private static void stops(String keeping, PrintWriter err, Runnable stop, Runnable giveUp) {
    boolean[] asked = new boolean[1];
    Signal.handle(new Signal("INT"), signal -> {
      if (asked[0]) {
        giveUp.run();
        Runtime.getRuntime().halt(130);
      }
      asked[0] = true;
      err.println("Stopping: " + keeping + ". Press Ctrl-C again to give up.");
      err.flush();
      stop.run();
    });
  }
}
