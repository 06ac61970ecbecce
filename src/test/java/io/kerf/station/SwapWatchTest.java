package io.kerf.station;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.Verdict;
import io.kerf.model.Change;
import io.kerf.model.Swap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwapWatchTest {
  private String inUse = "a";
  private final List<Change> rollBacks = new ArrayList<>();
  private final SwapWatch watch = watch(200);

  private SwapWatch watch(int parts) {
    return new SwapWatch(recipe -> Optional.of(inUse), (recipe, digest, change) -> {
      assertThat(digest).isEqualTo("b");
      rollBacks.add(change);
      inUse = "a";
      return new Swap.Done("a", Optional.of("b"));
    }, recipe -> parts, Runnable::run);
  }

  private void see(int parts, Verdict verdict) {
    see(watch, parts, verdict, inUse);
  }

  private static void see(SwapWatch watch, int parts, Verdict verdict, String bundle) {
    for (int i = 0; i < parts; i++) {
      boolean judged = verdict != Verdict.UNJUDGED;
      watch.saw(new Inspection("id", Instant.EPOCH, "default", Optional.empty(), Optional.empty(), "http", StationMark.UNKNOWN, verdict,
          judged ? Optional.of(new Judgement(bundle, 1, 0.5, 2, Optional.empty())) : Optional.empty(), judged ? Optional.empty() : Optional.of(new Reason("too-dark", "")),
          new Timings(0, 0, 0, 0, 0, 0)));
    }
  }

  @Test
  void aModelThatStopsWhatTheOneBeforeLetPassIsSentBackOnce() {
    see(300, Verdict.OK);
    see(3, Verdict.NG);
    inUse = "b";
    see(10, Verdict.NG);
    assertThat(rollBacks).containsExactly(new Change(Change.STATION, "10 of 10 parts NG since the swap, 3 of 303 before"));
    see(20, Verdict.NG);
    assertThat(rollBacks).as("the model before is not on trial").hasSize(1);
    see(100, Verdict.OK);
    inUse = "b";
    see(50, Verdict.NG);
    assertThat(rollBacks).as("someone wants it").hasSize(1);
  }

  @Test
  void partsThatCannotBeJudgedCountToo() {
    see(100, Verdict.OK);
    inUse = "b";
    see(10, Verdict.UNJUDGED);
    assertThat(rollBacks).hasSize(1);
  }

  @Test
  void aModelThatProvedItselfIsNotSentBackForWhatComesLater() {
    see(100, Verdict.OK);
    inUse = "b";
    see(200, Verdict.OK);
    see(100, Verdict.NG);
    assertThat(rollBacks).isEmpty();
  }

  /** Frames that hold the old model's lease are recorded after the swap. */
  @Test
  void framesThatBeganWithTheModelBeforeDoNotCount() {
    see(100, Verdict.OK);
    inUse = "b";
    see(watch, 30, Verdict.NG, "a");
    assertThat(rollBacks).isEmpty();
  }

  @Test
  void theFirstModelAndOneThatNobodyWantsWatchedAreLeftAlone() {
    see(30, Verdict.NG);
    assertThat(rollBacks).isEmpty();
    SwapWatch none = watch(0);
    see(none, 100, Verdict.OK, "a");
    inUse = "b";
    see(none, 100, Verdict.NG, "b");
    assertThat(rollBacks).isEmpty();
  }
}
