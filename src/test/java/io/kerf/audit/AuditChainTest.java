package io.kerf.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kerf.audit.AuditChain.Broken;
import io.kerf.audit.AuditChain.Finding;
import io.kerf.audit.AuditChain.HeadMissing;
import io.kerf.audit.AuditChain.Intact;
import io.kerf.audit.AuditChain.Kind;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AuditChainTest {
  /** {@code hashlib.sha256} in Python over {@code b''.join(b'%d:%s,' % (len(x), x) for x in texts)}. */
  @Test
  void hashesAreThoseOfTheWrittenRule() {
    Changed first = new Changed(TrailFixture.THEN, "Änn", Action.MODEL_ACTIVATED, "default", "ab12", "because");
    assertThat(AuditEntry.of(first, 1, AuditEntry.NONE).hash()).isEqualTo("1864839ac2dd8bb6bb44a1307dfda8133cf90a2c9e584a992abfb30f53b3edd7");
    Changed second = new Changed(TrailFixture.THEN.plusMillis(1), "station", Action.AUDIT_GAP, "", "", "2 changes before this could not be written");
    assertThat(AuditEntry.of(second, 2, "1864839ac2dd8bb6bb44a1307dfda8133cf90a2c9e584a992abfb30f53b3edd7").hash())
        .isEqualTo("035e7c3d57e596697bb0b3bc756d169610327fc894f370555fd2ea7eaf4b4594");
  }

  @Test
  void textsAreCutAndHoldNothingThatADatabaseGivesBackDifferently() {
    AuditEntry entry = AuditEntry.of(new Changed(TrailFixture.THEN, "a\0b\nc\ud83dd", Action.REVIEW_SAID, "", "", "\ud83d\ude00".repeat(600)), 1, AuditEntry.NONE);
    assertThat(entry.by()).isEqualTo("a b c d");
    assertThat(entry.detail()).isEqualTo("\ud83d\ude00".repeat(500));
  }

  static List<AuditEntry> chain(int entries) {
    List<AuditEntry> chain = new ArrayList<>();
    for (int number = 1; number <= entries; number++) {
      add(chain, TrailFixture.change(number));
    }
    return chain;
  }

  private static void add(List<AuditEntry> chain, Changed changed) {
    chain.add(AuditEntry.of(changed, chain.size() + 1, chain.isEmpty() ? AuditEntry.NONE : chain.get(chain.size() - 1).hash()));
  }

  private static Finding finding(List<AuditEntry> entries, Optional<String> keptHead) {
    AuditChain chain = new AuditChain(keptHead, hash -> entries.stream().anyMatch(entry -> entry.hash().equals(hash)));
    for (AuditEntry entry : entries) {
      chain.take(entry);
    }
    return chain.finding();
  }

  @Test
  void whatWasWrittenIsIntact() {
    assertThat(finding(List.of(), Optional.empty())).isEqualTo(new Intact(0, AuditEntry.NONE));
    List<AuditEntry> five = chain(5);
    assertThat(finding(five, Optional.empty())).isEqualTo(new Intact(5, five.get(4).hash()));
  }

  private static AuditEntry numbered(AuditEntry entry, long number) {
    return new AuditEntry(number, entry.at(), entry.by(), entry.action(), entry.recipe(), entry.subject(), entry.detail(), entry.previous(), entry.hash());
  }

  private static void renumber(List<AuditEntry> chain) {
    for (int i = 0; i < chain.size(); i++) {
      chain.set(i, numbered(chain.get(i), i + 1));
    }
  }

  /** Written anew with its own hash as it should be; the entry after it cannot know. */
  private static AuditEntry forged(AuditEntry entry) {
    return AuditEntry.of(new Changed(entry.at(), "mallory", Action.MODEL_ACTIVATED, entry.recipe(), entry.subject(), entry.detail()), entry.number(), entry.previous());
  }

  private static Arguments tampering(String name, Consumer<List<AuditEntry>> how, long number, Kind kind) {
    return arguments(name, how, number, kind);
  }

  private static Consumer<List<AuditEntry>> third(UnaryOperator<AuditEntry> change) {
    return chain -> chain.set(2, change.apply(chain.get(2)));
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(
        tampering("time", third(e -> new AuditEntry(3, Instant.EPOCH, e.by(), e.action(), e.recipe(), e.subject(), e.detail(), e.previous(), e.hash())), 3, Kind.CHANGED),
        tampering("who", third(e -> new AuditEntry(3, e.at(), "bob", e.action(), e.recipe(), e.subject(), e.detail(), e.previous(), e.hash())), 3, Kind.CHANGED),
        tampering("action", third(e -> new AuditEntry(3, e.at(), e.by(), "review-said", e.recipe(), e.subject(), e.detail(), e.previous(), e.hash())), 3, Kind.CHANGED),
        tampering("recipe", third(e -> new AuditEntry(3, e.at(), e.by(), e.action(), "", e.subject(), e.detail(), e.previous(), e.hash())), 3, Kind.CHANGED),
        tampering("subject", third(e -> new AuditEntry(3, e.at(), e.by(), e.action(), e.recipe(), "x", e.detail(), e.previous(), e.hash())), 3, Kind.CHANGED),
        tampering("detail", third(e -> new AuditEntry(3, e.at(), e.by(), e.action(), e.recipe(), e.subject(), "", e.previous(), e.hash())), 3, Kind.CHANGED),
        tampering("text moved from one field to the next", third(e -> new AuditEntry(3, e.at(), e.by(), e.action(), e.recipe(), e.subject() + "r",
            e.detail().substring(1), e.previous(), e.hash())), 3, Kind.CHANGED),
        tampering("hash", third(e -> new AuditEntry(3, e.at(), e.by(), e.action(), e.recipe(), e.subject(), e.detail(), e.previous(), AuditEntry.NONE)), 3, Kind.CHANGED),
        tampering("last entry changed", chain -> chain.set(4, new AuditEntry(5, Instant.EPOCH, "", "", "", "", "", chain.get(4).previous(), chain.get(4).hash())), 5, Kind.CHANGED),
        tampering("replaced with a hash of its own", third(AuditChainTest::forged), 4, Kind.MISSING),
        tampering("first taken out", chain -> chain.remove(0), 1, Kind.MISSING),
        tampering("first taken out and renumbered", chain -> {
          chain.remove(0);
          renumber(chain);
        }, 1, Kind.MISSING),
        tampering("one taken out", chain -> chain.remove(2), 3, Kind.MISSING),
        tampering("two taken out", chain -> chain.subList(1, 3).clear(), 2, Kind.MISSING),
        tampering("taken out and renumbered", chain -> {
          chain.remove(2);
          renumber(chain);
        }, 3, Kind.MISSING),
        tampering("two swapped", chain -> {
          Collections.swap(chain, 2, 3);
          renumber(chain);
        }, 3, Kind.REORDERED),
        tampering("first moved to the end", chain -> {
          Collections.rotate(chain, -1);
          renumber(chain);
        }, 1, Kind.REORDERED),
        tampering("one put in", chain -> {
          chain.add(2, forged(chain.get(2)));
          renumber(chain);
        }, 4, Kind.REORDERED),
        tampering("one twice", chain -> {
          chain.add(chain.get(1));
          renumber(chain);
        }, 6, Kind.REORDERED),
        tampering("begun anew in the middle", third(e -> AuditEntry.of(TrailFixture.change(3), 3, AuditEntry.NONE)), 3, Kind.REORDERED),
        tampering("numbers alone", chain -> chain.set(4, numbered(chain.get(4), 9)), 9, Kind.REORDERED));
  }

  @ParameterizedTest(name = "{0}: entry {2}, {3}")
  @MethodSource("tamperings")
  void theFirstEntryThatIsWrongIsNamed(String name, Consumer<List<AuditEntry>> how, long number, Kind kind) {
    List<AuditEntry> chain = chain(5);
    how.accept(chain);
    assertThat(finding(chain, Optional.empty())).isInstanceOfSatisfying(Broken.class, broken -> {
      assertThat(broken.number()).isEqualTo(number);
      assertThat(broken.kind()).isEqualTo(kind);
      assertThat(broken.sentence()).contains("ntry " + number).endsWith(".");
    });
  }

  /** What a chain cannot show by itself, and a head that was kept elsewhere can. */
  @Test
  void anEndCutOffOrATrailWrittenAnewShowsOnlyAgainstAKeptHead() {
    List<AuditEntry> chain = chain(5);
    String kept = chain.get(3).hash();
    assertThat(finding(chain, Optional.of(kept))).isInstanceOf(Intact.class);
    assertThat(finding(chain, Optional.of(AuditEntry.NONE))).as("kept when there was nothing").isInstanceOf(Intact.class);
    List<AuditEntry> cut = chain.subList(0, 3);
    List<AuditEntry> anew = new ArrayList<>();
    chain.forEach(entry -> add(anew, new Changed(entry.at(), "mallory", Action.MODEL_ACTIVATED, entry.recipe(), entry.subject(), entry.detail())));
    for (List<AuditEntry> harmed : List.of(cut, anew)) {
      assertThat(finding(harmed, Optional.empty())).isInstanceOf(Intact.class);
      assertThat(finding(harmed, Optional.of(kept))).isEqualTo(new HeadMissing(kept, harmed.size(), harmed.get(harmed.size() - 1).hash()));
    }
  }
}
