package io.kerf.training.normals;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.training.normals.CollectingPolicy.Joins;
import io.kerf.training.normals.CollectingPolicy.Reason;
import io.kerf.training.normals.CollectingPolicy.Sighting;
import io.kerf.training.normals.CollectingPolicy.Stays;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Thumbnails of one number: likeness is the distance on a line. */
class CollectingPolicyTest {
  private static final Origin NOWHERE = new Origin(Optional.empty(), Optional.empty(), OptionalDouble.empty(), Instant.EPOCH, "test");
  private final CollectingPolicy policy = new CollectingPolicy(0.2, 0.5, 3, 1000);
  private final Likeness pool = new Likeness();

  private void there(String id, Standing standing, float at, long bytes) {
    pool.add(new Normal(id, standing, Path.of(id + ".jpg"), NOWHERE, new float[] {at}, bytes));
  }

  private CollectingPolicy.Decision decide(double pValue, float at, long bytes) {
    return policy.decide(new Sighting(pValue, new float[] {at}, bytes), pool);
  }

  @Test
  void onlyWhatIsWellInsideJoins() {
    assertThat(decide(0.199, 0, 10)).isEqualTo(new Stays(Reason.NOT_WELL_INSIDE));
    assertThat(decide(0.2, 0, 10)).isEqualTo(new Joins(List.of()));
  }

  /** Normals at 0, 2 and 4: the typical distance is 2, so what is within 1 of one adds nothing. */
  @Test
  void whatIsLikeANormalAddsNothingWhoeverVouchedForThat() {
    there("a", Standing.ORIGINAL, 0, 10);
    there("b", Standing.CONFIRMED, 2, 10);
    there("c", Standing.PRESUMED, 4, 10);
    assertThat(pool.typicalDistance()).isEqualTo(2);
    assertThat(decide(0.5, 5, 10)).isEqualTo(new Stays(Reason.ADDS_NOTHING));
    assertThat(decide(0.5, 5.01f, 10)).isEqualTo(new Joins(List.of()));
    assertThat(decide(0.5, -0.9f, 10)).isEqualTo(new Stays(Reason.ADDS_NOTHING));
  }

  /** Presumed at 10, 11 and 20, original at 10.5, which nothing displaces: the nearest pairs are 10 and 11 with it, at 0.5. */
  @Test
  void inAFullPoolTheOneThatIsMissedLeastGoesAndNeverAnOriginal() {
    there("o", Standing.ORIGINAL, 10.5f, 10);
    there("a", Standing.PRESUMED, 10, 10);
    there("b", Standing.PRESUMED, 11, 10);
    there("c", Standing.PRESUMED, 20, 10);
    assertThat(decide(0.5, 30, 10)).isEqualTo(new Joins(List.of("a")));
    assertThat(decide(0.5, 9.6f, 10)).as("0.4 from a, but 0.9 from what stays").isEqualTo(new Joins(List.of("a")));
    there("d", Standing.ORIGINAL, 9.7f, 10);
    assertThat(decide(0.5, 9.4f, 10)).as("adds as much as the one that would go").isEqualTo(new Stays(Reason.POOL_IS_FULL));
  }

  @Test
  void severalGoWhereTheNewOneIsLarger() {
    there("a", Standing.PRESUMED, 0, 400);
    there("b", Standing.PRESUMED, 2, 400);
    assertThat(decide(0.5, 50, 200)).isEqualTo(new Joins(List.of()));
    assertThat(decide(0.5, 50, 201)).isEqualTo(new Joins(List.of("a")));
    assertThat(decide(0.5, 50, 601)).isEqualTo(new Joins(List.of("a", "b")));
    assertThat(decide(0.5, 3, 601)).as("like one that is there still").isEqualTo(new Stays(Reason.ADDS_NOTHING));
    assertThat(decide(0.5, 3.5f, 601)).as("1.5 from the second that goes, and nothing stays").isEqualTo(new Joins(List.of("a", "b")));
    assertThat(decide(0.5, 50, 1001)).isEqualTo(new Stays(Reason.TOO_LARGE));
  }

  @Test
  void aPoolOfNoPresumedNormalsTakesNone() {
    assertThat(new CollectingPolicy(0.2, 0.5, 0, 1000).decide(new Sighting(1, new float[] {1}, 1), pool)).isEqualTo(new Stays(Reason.TOO_LARGE));
  }

  @Test
  void nearestNormalsAreKeptUpAsTheyComeAndGo() {
    there("a", Standing.PRESUMED, 0, 1);
    assertThat(pool.members().get(0).nearest()).isInfinite();
    there("b", Standing.PRESUMED, 3, 1);
    there("c", Standing.PRESUMED, 4, 1);
    assertThat(pool.members()).extracting(Likeness.Member::nearest).containsExactly(3.0, 1.0, 1.0);
    pool.remove("b");
    assertThat(pool.members()).extracting(Likeness.Member::nearest).containsExactly(4.0, 4.0);
    pool.remove("b");
    pool.remove("c");
    assertThat(pool.members().get(0).nearest()).isInfinite();
    assertThat(pool.typicalDistance()).isZero();
  }
}
