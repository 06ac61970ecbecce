package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kerf.evaluation.LightRow.Pair;
import io.kerf.evaluation.LightRow.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LightRowTest {
  private final List<Pair> pairs = new ArrayList<>();

  @Test
  void rejectsUpToTwiceThePromiseAreBorne() {
    add(Source.TEST_GOOD, 18, 1, 2);
    add(Source.TEST_GOOD, 2, 1, 11);
    assertThat(row().falseRejects()).isEqualTo(2);
    assertThat(row().good()).isEqualTo(20);
    assertThat(row().weak()).isFalse();
    add(Source.TEST_GOOD, 1, 1, 11);
    assertThat(row().weak()).isTrue();
  }

  @Test
  void heldOutPartsCountOnTheirOwn() {
    add(Source.TEST_GOOD, 100, 1, 2);
    add(Source.HELD_OUT, 9, 1, 2);
    add(Source.HELD_OUT, 1, 1, 11);
    assertThat(row().weak()).isFalse();
    add(Source.HELD_OUT, 1, 1, 11);
    assertThat(row().heldOutRejects()).isEqualTo(2);
    assertThat(row().heldOut()).isEqualTo(11);
    assertThat(row().weak()).isTrue();
  }

  /** Of 10 · 10 pairs two, then three, are ranked wrong after the disturbance. */
  @Test
  void aLossOfTwoHundredthsIsBorne() {
    for (int i = 0; i < 10; i++) {
      add(Source.TEST_GOOD, 1, i, i);
    }
    add(Source.DEFECTIVE, 9, 20, 30);
    add(Source.DEFECTIVE, 1, 20, 7.5);
    assertThat(row().imageAuroc()).hasValue(0.98);
    assertThat(row().aurocLoss().orElseThrow()).isCloseTo(0.02, within(1e-12));
    assertThat(row().weak()).isFalse();
    pairs.remove(pairs.size() - 1);
    add(Source.DEFECTIVE, 1, 20, 6.5);
    assertThat(row().weak()).isTrue();
  }

  @Test
  void aPartThatCannotBeJudgedAnyMoreStopsTheLine() {
    add(Source.TEST_GOOD, 1, 1, 2);
    CaseResult before = pairs.get(0).before();
    pairs.add(new Pair(Source.TEST_GOOD, before, new CaseResult(before.image(), new CaseResult.Unjudged("too-bright"), 1)));
    assertThat(row().falseRejects()).isEqualTo(1);
    assertThat(row().unjudged()).isEqualTo(1);
    assertThat(row().imageAuroc()).isEmpty();
    assertThat(row().weak()).isTrue();
  }

  @Test
  void theSentenceNamesWhatIsNotBorne() {
    add(Source.TEST_GOOD, 10, 1, 2);
    LightRow fine = row();
    add(Source.TEST_GOOD, 10, 1, 11);
    LightRow weak = row();
    assertThat(new Light(fine, List.of(fine)).sentence(0.05)).startsWith("All 1 disturbances are borne");
    assertThat(new Light(fine, List.of(fine, weak)).sentence(0.05))
        .isEqualTo("1 of 2 disturbances are not borne (more than 10 % of the good parts rejected or an image AUROC lower by more than 0.02): blur 1.");
    assertThat(new Light(weak, List.of(weak)).sentence(0.05)).endsWith("But undisturbed already more good parts are rejected than that.");
  }

  private LightRow row() {
    return LightRow.of("blur 1", pairs, 0.05);
  }

  private void add(Source source, int count, double before, double after) {
    boolean defective = source == Source.DEFECTIVE;
    LabelledImage image = new LabelledImage(Path.of("1.png"), defective ? "bent" : "good", defective, Optional.empty(), Optional.empty());
    for (int i = 0; i < count; i++) {
      pairs.add(new Pair(source, judged(image, before), judged(image, after)));
    }
  }

  private static CaseResult judged(LabelledImage image, double score) {
    return new CaseResult(image, new CaseResult.Judged(score, 0.5, score > 10, Map.of()), 1);
  }
}
