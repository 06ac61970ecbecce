package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.config.document.OutboxSettings;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Condition.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database. */
class OutboxOutputTest {
  private static final OutboxSettings AT_ONCE = new OutboxSettings(null, 10_000, Duration.ZERO);

  @TempDir
  Path folder;

  private final FakePeer peer = new FakePeer();
  private Parts parts;
  private OutboxOutput output;

  @BeforeEach
  void open() throws Exception {
    parts = new Parts(folder);
  }

  @AfterEach
  void close() {
    if (output != null) {
      output.close();
    }
  }

  private void start(Set<Verdict> wanted, OutboxSettings settings) {
    output = new OutboxOutput("plant", "mqtt", wanted, settings, parts.table, parts.messages, peer, new Health("plant", Parts.CLOCK), peer.wakes, Parts.CLOCK,
        System::nanoTime).start();
    parts.told = output::tell;
    Awaiting.until("it knows where it begins", () -> parts.table.cursor("plant").isPresent());
  }

  private void start() {
    start(EnumSet.allOf(Verdict.class), AT_ONCE);
  }

  private List<String> judge(int many) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      ids.add(parts.judge(Verdict.values()[i % 3]));
    }
    return ids;
  }

  @Test
  void eachIsToldInTheOrderOfTheRecordsAndNoneFromBefore() {
    judge(3);
    start();
    List<String> ids = judge(50);
    Awaiting.until("all are taken", () -> peer.taken.size() == 50);
    assertThat(peer.taken).isEqualTo(ids);
    Awaiting.until("nothing waits", () -> output.status().waiting() == 0);
    assertThat(output.status().told()).isEqualTo(50);
    assertThat(output.status().delivered()).isEqualTo(50);
    assertThat(output.status().lost()).isZero();
    assertThat(output.status().condition().state()).isEqualTo(State.WORKS);
    assertThat(output.status().lastDeliveredAt()).isPresent();
  }

  @Test
  void identifiersThatAreRecordedOutOfTheirOrderAreAllTold() {
    start();
    String early = parts.ids.next();
    String late = parts.judge(Verdict.OK);
    Awaiting.until("the later one is taken", () -> peer.taken.contains(late));
    parts.store.record(Parts.inspection(early, Verdict.NG), new byte[1], java.util.Optional.empty());
    Awaiting.until("the earlier one is taken", () -> peer.taken.contains(early));
  }

  @Test
  void whatComesWhileTheReceiverIsAwayWaitsAndIsToldInOrder() {
    start();
    peer.away = true;
    List<String> ids = judge(30);
    Awaiting.until("it is seen to be away", () -> output.status().condition().state() == State.FAILS && output.status().waiting() == 30);
    assertThat(peer.taken).isEmpty();
    assertThat(output.status().condition().words()).isEqualTo("it is away");
    peer.back();
    Awaiting.until("all are taken", () -> peer.taken.size() == 30);
    assertThat(peer.taken).isEqualTo(ids);
  }

  @Test
  void aRestartGoesOnWhereItWas() {
    start();
    judge(10);
    Awaiting.until("ten are taken", () -> peer.taken.size() == 10);
    output.close();
    List<String> while_ = judge(20);
    FakePeer again = new FakePeer();
    output = new OutboxOutput("plant", "mqtt", EnumSet.allOf(Verdict.class), AT_ONCE, parts.table, parts.messages, again, new Health("plant", Parts.CLOCK), again.wakes,
        Parts.CLOCK, System::nanoTime).start();
    Awaiting.until("what came meanwhile is taken", () -> again.taken.size() == 20);
    assertThat(again.taken).isEqualTo(while_);
  }

  @Test
  void beyondItsLimitTheOldestAreGivenUpAndCounted() {
    start(EnumSet.allOf(Verdict.class), new OutboxSettings(100, 10_000, Duration.ZERO));
    peer.away = true;
    List<String> ids = judge(130);
    Awaiting.until("thirty are given up", () -> output.status().lost() == 30 && output.status().waiting() == 100);
    peer.back();
    Awaiting.until("the newest hundred are taken", () -> peer.taken.size() == 100);
    assertThat(peer.taken).isEqualTo(ids.subList(30, 130));
  }

  @Test
  void whatRetentionDeletedBeforeItsTurnIsCountedAsLost() throws Exception {
    start();
    peer.away = true;
    List<String> ids = judge(5);
    Awaiting.until("it waits", () -> output.status().waiting() == 5);
    io.kerf.storage.Sql.update(parts.dataSource, "DELETE FROM inspection WHERE id = ?", ids.get(1));
    peer.back();
    Awaiting.until("the others are taken", () -> peer.taken.size() == 4);
    Awaiting.until("it is counted", () -> output.status().lost() == 1);
  }

  @Test
  void whatIsRefusedForGoodIsLostAndTheNextIsTold() {
    start();
    peer.away = true;
    List<String> ids = judge(3);
    peer.refused = ids.get(1);
    peer.back();
    Awaiting.until("two are taken", () -> peer.taken.size() == 2 && output.status().lost() == 1);
    assertThat(peer.taken).containsExactly(ids.get(0), ids.get(2));
  }

  @Test
  void onlyVerdictsThatAreWantedAreTold() {
    start(EnumSet.of(Verdict.NG), AT_ONCE);
    List<String> ids = judge(6);
    Awaiting.until("the two NG are taken", () -> peer.taken.size() == 2 && output.status().waiting() == 0);
    assertThat(peer.taken).containsExactly(ids.get(1), ids.get(4));
    assertThat(output.status().told()).isEqualTo(2);
  }

  @Test
  void aPartThatWasMissedIsToldAmongTheOthers() {
    start();
    String before = parts.judge(Verdict.OK);
    parts.table.add(parts.messages.text(Parts.missed()));
    String after = parts.judge(Verdict.OK);
    Awaiting.until("three are taken", () -> peer.taken.size() == 3);
    assertThat(peer.taken.get(0)).isEqualTo(before);
    assertThat(peer.taken.get(2)).isEqualTo(after);
  }

  @Test
  void tellingIsQuickWhileTheReceiverHangs() {
    start();
    peer.hanging = true;
    judge(2);
    Awaiting.until("it hangs", () -> output.status().condition().words().equals("it hangs"));
    long begun = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      output.tell(Parts.judged(Verdict.OK));
    }
    assertThat((System.nanoTime() - begun) / 10_000).as("nanoseconds each").isLessThan(1_000_000);
  }

  @Test
  void aDatabaseThatWasReplacedIsFollowedFromItsBeginning() throws Exception {
    start();
    judge(20);
    Awaiting.until("they are taken", () -> peer.taken.size() == 20);
    io.kerf.storage.Sql.update(parts.dataSource, "DELETE FROM outcome");
    io.kerf.storage.Sql.update(parts.dataSource, "DELETE FROM sqlite_sequence WHERE name = 'outcome'");
    String fresh = parts.judge(Verdict.OK);
    Awaiting.until("the first of the new one is taken", () -> peer.taken.contains(fresh));
  }

  @Test
  void whatEveryOutputHasPassedIsDeletedAndNothingElse() {
    start();
    judge(40);
    Awaiting.until("they are passed and that is kept", () -> parts.table.cursor("plant").orElseThrow().told() == 40);
    parts.table.keep("slow", new OutcomeTable.Cursor(25, 0));
    assertThat(parts.table.prune(3)).as("one has yet to say how far it is").isFalse();
    assertThat(parts.table.after(0, 100)).hasSize(40);
    while (parts.table.prune(2)) {
      // Until nothing is left to delete.
    }
    assertThat(parts.table.after(0, 100)).extracting(OutcomeTable.Entry::number).first().isEqualTo(26L);
    parts.table.forgetAllBut(List.of("plant"));
    parts.table.prune(1);
    assertThat(parts.table.after(0, 100)).isEmpty();
    assertThat(parts.table.newest()).isEqualTo(40);
  }

  @Test
  void aTestArrivesPastTheOutboxAndSaysWhyWhereItDoesNot() {
    start();
    output.test();
    assertThat(peer.taken).hasSize(1);
    peer.away = true;
    assertThatThrownBy(output::test).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.OUTPUT_FAILED);
      assertThat(e.detail()).contains("it is away");
    });
  }
}
