package io.kerf.station.output;

import java.time.Duration;

/** What became of an attempt to hand a message over. */
sealed interface Delivery {
  Delivery DELIVERED = new Delivered();

  record Delivered() implements Delivery {}

  /** The receiver will never take it, so it is given up. @param why and what to do, for people */
  record Refused(String why) implements Delivery {}

  /** The receiver is away. @param why and what to do, for people. @param pause before the next attempt */
  record Later(String why, Duration pause) implements Delivery {}
}
