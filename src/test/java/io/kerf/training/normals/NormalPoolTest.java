package io.kerf.training.normals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.training.normals.CollectingPolicy.Joins;
import io.kerf.training.normals.CollectingPolicy.Reason;
import io.kerf.training.normals.CollectingPolicy.Stays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalPoolTest {
  private static final Origin INSPECTED = new Origin(Optional.of("p1"), Optional.of("L7"), OptionalDouble.of(0.4), Instant.parse("2026-01-02T03:04:05Z"), "station");

  @TempDir
  private Path folder;

  private static void add(NormalPool pool, String id, Standing standing, float at) {
    pool.add(id, standing, new byte[] {1, 2, 3}, "jpg", INSPECTED, new float[] {at, 0.25f});
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatWasAddedIsThereAfterARestart() throws Exception {
    NormalPool pool = NormalPool.open(folder);
    add(pool, "b", Standing.PRESUMED, 1);
    add(pool, "a", Standing.ORIGINAL, 2);
    Normal read = NormalPool.open(folder).byId("b").orElseThrow();
    assertThat(read.origin()).isEqualTo(INSPECTED);
    assertThat(read.standing()).isEqualTo(Standing.PRESUMED);
    assertThat(read.thumbnail()).containsExactly(1, 0.25f);
    assertThat(read.bytes()).isEqualTo(3);
    assertThat(Files.readAllBytes(read.image())).containsExactly(1, 2, 3);
    assertThat(NormalPool.open(folder).all()).extracting(Normal::id).containsExactly("a", "b");
  }

  @Test
  void aStandingChangesAndIsNeverLessenedByAddingAgain() throws Exception {
    NormalPool pool = NormalPool.open(folder);
    add(pool, "a", Standing.PRESUMED, 1);
    add(pool, "a", Standing.CONFIRMED, 1);
    add(pool, "a", Standing.PRESUMED, 1);
    assertThat(NormalPool.open(folder).byId("a").orElseThrow().standing()).isEqualTo(Standing.CONFIRMED);
    pool.stand("a", Standing.PRESUMED);
    assertThat(NormalPool.open(folder).byId("a").orElseThrow().standing()).isEqualTo(Standing.PRESUMED);
    assertThat(pool.stand("x", Standing.PRESUMED)).isEmpty();
  }

  @Test
  void whatLeavesLeavesNothingBehind() throws Exception {
    NormalPool pool = NormalPool.open(folder);
    add(pool, "a", Standing.PRESUMED, 1);
    pool.remove("a");
    pool.remove("a");
    assertThat(files()).isEmpty();
    assertThat(pool.all()).isEmpty();
  }

  /** What a kill between two writes leaves, and what damage does. */
  @Test
  void halfANormalIsSweptAndWhatIsNotOursOrCannotBeReadStays() throws Exception {
    add(NormalPool.open(folder), "whole", Standing.ORIGINAL, 1);
    Files.write(folder.resolve("noword.jpg"), new byte[] {1});
    add(NormalPool.open(folder), "noimage", Standing.ORIGINAL, 1);
    Files.delete(folder.resolve("noimage.jpg"));
    Files.writeString(folder.resolve("damaged.json"), "{\"standing\": \"ORIG");
    Files.copy(folder.resolve("whole.json"), folder.resolve("alone.json"));
    add(NormalPool.open(folder), "unread", Standing.ORIGINAL, 1);
    Files.writeString(folder.resolve("unread.json"), "{\"standing\": \"OF A LATER VERSION\"}");
    Files.writeString(folder.resolve("READ ME.txt"), "of a person");
    Files.write(folder.resolve(".whole.json-1234.tmp"), new byte[] {1});
    assertThat(NormalPool.open(folder).all()).extracting(Normal::id).containsExactly("whole");
    assertThat(files()).as("another process may be writing them").contains("noword.jpg", "noimage.json", "alone.json", ".whole.json-1234.tmp");
    for (String file : files()) {
      Files.setLastModifiedTime(folder.resolve(file), FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
    }
    assertThat(NormalPool.open(folder).all()).extracting(Normal::id).containsExactly("whole");
    assertThat(files()).containsExactly("READ ME.txt", "unread.jpg", "unread.json", "whole.jpg", "whole.json");
  }

  @Test
  void whatAnotherProcessPutsThereOrTakesAwayIsTakenUp() throws Exception {
    NormalPool pool = NormalPool.open(folder);
    add(pool, "mine", Standing.CONFIRMED, 1);
    NormalPool other = NormalPool.open(folder);
    add(other, "theirs", Standing.ORIGINAL, 2);
    other.remove("mine");
    pool.reread();
    assertThat(pool.all()).extracting(Normal::id).containsExactly("theirs");
  }

  @Test
  void anOfferIsDecidedByThePoolAndDone() throws Exception {
    NormalPool pool = NormalPool.open(folder);
    CollectingPolicy policy = new CollectingPolicy(0.2, 0.5, 2, 1000);
    for (int i = 0; i < 3; i++) {
      assertThat(pool.offer(policy, "p" + i, new byte[] {1}, "png", INSPECTED, new float[] {10 * i * i, 0})).isInstanceOf(Joins.class);
    }
    assertThat(pool.all()).extracting(Normal::id).as("p0 and p1 were nearest to each other").containsExactly("p1", "p2");
    assertThat(pool.offer(policy, "p3", new byte[] {1}, "png", INSPECTED, new float[] {41, 0})).isEqualTo(new Stays(Reason.ADDS_NOTHING));
    assertThat(NormalPool.open(folder).all()).extracting(Normal::id).containsExactly("p1", "p2");
  }

  @Test
  void aNameThatLeavesTheFolderIsRefused() throws Exception {
    NormalPool pool = NormalPool.open(folder);
    for (String id : List.of("../x", "a/b", "", "A", "a\0b")) {
      assertThatThrownBy(() -> add(pool, id, Standing.ORIGINAL, 1)).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_FIELD));
    }
    assertThatThrownBy(() -> pool.add("a", Standing.ORIGINAL, new byte[1], "x/y", INSPECTED, new float[1])).isInstanceOf(FaultException.class);
    assertThat(files()).isEmpty();
  }
}
