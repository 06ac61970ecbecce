package io.kerf.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;

/**
 * Two measurements in turns. The ratio is the median of the turns' ratios, each made of neighbours in time: a busy machine slows both.
 *
 * @param perTurn how many are done in one turn; what is printed is the time of one
 */
record Turns(String name, Measurement first, String peerName, Measurement peer, int perTurn) {
  private static final int WARM_UP_TURNS = 5;

  /** Does one turn. @return the seconds it took */
  interface Measurement {
    double seconds() throws Exception;
  }

  void run(int rounds, PrintWriter out) throws Exception {
    for (int i = 0; i < WARM_UP_TURNS; i++) {
      first.seconds();
      peer.seconds();
    }
    double[] own = new double[rounds];
    double[] other = new double[rounds];
    double[] ratio = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      own[i] = 1000 * first.seconds() / perTurn;
      other[i] = 1000 * peer.seconds() / perTurn;
      ratio[i] = own[i] / other[i];
    }
    print(out, name + ", ms", own);
    print(out, peerName + ", ms", other);
    print(out, "ratio", ratio);
    out.flush();
  }

  private static void print(PrintWriter out, String what, double[] values) {
    Arrays.sort(values);
    out.printf(Locale.ROOT, "%-24s min %.3f  median %.3f  max %.3f%n", what, values[0], values[values.length / 2], values[values.length - 1]);
  }
}
