package io.kerf.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
  @TempDir
  private Path temp;
  private TrailFixture station;
  private AuditTrail trail;

  @BeforeEach
  void make() {
    station = new TrailFixture(temp.resolve("kerf.db"));
    trail = station.trail;
  }

  private static AuditQuery query(int limit, OptionalLong before, Optional<String> recipe) {
    return new AuditQuery(limit, before, recipe, Optional.empty());
  }

  @Test
  void whatIsAppendedComesBackAsItWasNewestFirst() {
    AuditEntry first = trail.append(TrailFixture.change(1));
    AuditEntry second = trail.append(TrailFixture.change(2));
    assertThat(first.previous()).isEqualTo(AuditEntry.NONE);
    assertThat(second.previous()).isEqualTo(first.hash());
    assertThat(trail.page(query(50, OptionalLong.empty(), Optional.empty()))).containsExactly(second, first);
    assertThat(trail.verify(Optional.of(first.hash()))).isEqualTo(new AuditChain.Intact(2, second.hash()));
  }

  @Test
  void pagesGoBackByNumberAndCanBeOfOneRecipeOrSinceATime() {
    station.append(9);
    assertThat(trail.page(query(3, OptionalLong.empty(), Optional.empty()))).extracting(AuditEntry::number).containsExactly(9L, 8L, 7L);
    assertThat(trail.page(query(3, OptionalLong.of(7), Optional.empty()))).extracting(AuditEntry::number).containsExactly(6L, 5L, 4L);
    assertThat(trail.page(query(3, OptionalLong.of(7), Optional.of("even")))).extracting(AuditEntry::number).containsExactly(6L, 4L, 2L);
    assertThat(trail.page(new AuditQuery(50, OptionalLong.empty(), Optional.of("odd"), Optional.of(TrailFixture.THEN.plusSeconds(7)))))
        .extracting(AuditEntry::number).containsExactly(9L, 7L);
  }

  @Test
  void entriesCannotBeChangedOrDeletedByMistake() {
    station.append(2);
    assertThatThrownBy(() -> station.sql("UPDATE audit SET changed_by = 'bob'")).isInstanceOf(SQLException.class).hasMessageContaining("never changed");
    assertThatThrownBy(() -> station.sql("DELETE FROM audit")).isInstanceOf(SQLException.class).hasMessageContaining("never deleted");
  }

  @Test
  void whatSomebodyDidToTheTableIsFound() throws Exception {
    station.append(6);
    station.unguard();
    station.sql("UPDATE audit SET number = -5 WHERE number = 5", "UPDATE audit SET number = 5 WHERE number = 6", "UPDATE audit SET number = 6 WHERE number = -5");
    assertThat(trail.verify(Optional.empty())).isInstanceOfSatisfying(AuditChain.Broken.class, broken -> {
      assertThat(broken.number()).isEqualTo(5);
      assertThat(broken.kind()).isEqualTo(AuditChain.Kind.REORDERED);
    });
    station.sql("DELETE FROM audit WHERE number = 3");
    assertThat(trail.verify(Optional.empty())).isEqualTo(new AuditChain.Broken(3, AuditChain.Kind.MISSING, "Entry 3 is missing: the next one has number 4."));
    station.sql("UPDATE audit SET changed_by = 'bob' WHERE number = 2");
    assertThat(trail.verify(Optional.empty())).isInstanceOfSatisfying(AuditChain.Broken.class, broken -> assertThat(broken.number()).isEqualTo(2));
    station.sql("UPDATE audit SET hash = x'00', changed_at = 'then' WHERE number = 1");
    assertThat(trail.verify(Optional.empty())).isInstanceOfSatisfying(AuditChain.Broken.class, broken -> assertThat(broken.number()).isEqualTo(1));
  }

  @Test
  void threadsThatAppendAtOnceMakeOneChain() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      all.add(threads.submit(() -> station.append(10)));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
    assertThat(trail.verify(Optional.empty())).isInstanceOfSatisfying(AuditChain.Intact.class, intact -> assertThat(intact.entries()).isEqualTo(40));
  }

  @Test
  void aDatabaseThatFailsLeavesTheChainAsItWas() throws Exception {
    station.append(2);
    try (Connection other = station.dataSource.getConnection(); var statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      assertThatThrownBy(() -> trail.append(TrailFixture.change(3))).isInstanceOfSatisfying(FaultException.class,
          e -> assertThat(e.fault()).isEqualTo(Fault.DATA_FOLDER_UNUSABLE)).hasMessageContaining("not written to the audit trail");
      statement.execute("ROLLBACK");
    }
    trail.append(TrailFixture.change(3));
    assertThat(trail.verify(Optional.empty())).isInstanceOfSatisfying(AuditChain.Intact.class, intact -> assertThat(intact.entries()).isEqualTo(3));
  }

  @Test
  void aHeadThatIsNoneIsRefused() {
    assertThatThrownBy(() -> trail.verify(Optional.of("abc"))).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_FIELD));
  }
}
