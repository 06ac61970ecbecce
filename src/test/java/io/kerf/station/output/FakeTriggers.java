package io.kerf.station.output;

import io.kerf.station.line.Outcome;
import io.kerf.station.line.Trigger;
import io.kerf.station.line.Triggers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A camera that takes its picture when the test says so. */
final class FakeTriggers implements Triggers {
  final List<Trigger> fired = new CopyOnWriteArrayList<>();
  final List<String> cameras = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Outcome>> outcomes = new CopyOnWriteArrayList<>();

  @Override
  public CompletableFuture<Outcome> fire(String camera, Trigger trigger) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    cameras.add(camera);
    outcomes.add(outcome);
    fired.add(trigger);
    return outcome;
  }

  /** Of the n-th that was fired. */
  void end(int number, Outcome outcome) {
    outcomes.get(number).complete(outcome);
  }
}
