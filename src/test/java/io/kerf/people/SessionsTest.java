package io.kerf.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  private static final Duration IDLE = Duration.ofHours(12);
  private static final Duration LIFETIME = Duration.ofDays(7);

  @TempDir
  private Path folder;

  private final Time time = new Time();
  private final Account ann = Account.of("Ann", Role.ADMIN, "hash", Instant.EPOCH);

  /** As at a start of the station: the ticker begins elsewhere. */
  private Sessions opened(long tickerOffset) {
    return new Sessions(folder.resolve("sessions.json"), IDLE, LIFETIME, time, () -> time.nanos() + tickerOffset);
  }

  @Test
  void aSessionLastsWhileItIsUsedAndNotForEver() {
    Sessions sessions = opened(0);
    String token = sessions.begin(ann);
    for (int hours = 0; hours < 7 * 24 - 8; hours += 8) {
      time.pass(Duration.ofHours(8));
      assertThat(sessions.find(token)).as(hours + " h").isPresent();
      sessions.use(token);
    }
    time.pass(Duration.ofHours(8));
    assertThat(sessions.find(token)).isEmpty();
  }

  /** A page that was left open asks for what is new for ever. */
  @Test
  void aSessionThatNobodyUsesIsOverHoweverOftenItIsLookedUp() {
    Sessions sessions = opened(0);
    String token = sessions.begin(ann);
    time.pass(IDLE.minusMinutes(1));
    assertThat(sessions.find(token)).isPresent();
    time.pass(Duration.ofMinutes(1));
    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  void aRestartLogsNobodyOutAndTimeGoesOn() {
    Sessions before = opened(0);
    String token = before.begin(ann);
    time.pass(Duration.ofHours(6));
    before.save();
    time.pass(Duration.ofHours(5));
    Sessions after = opened(123_456_789_000_000L);
    assertThat(after.find(token)).map(Sessions.Session::name).contains("Ann");
    after.save();
    time.pass(IDLE);
    assertThat(opened(0).find(token)).isEmpty();
  }

  @Test
  void neitherTheTokenNorAnythingThatLeadsToItIsOnTheDisk() throws IOException {
    Sessions sessions = opened(0);
    String token = sessions.begin(ann);
    sessions.save();
    Path file = folder.resolve("sessions.json");
    assertThat(Files.readString(file)).doesNotContain(token).contains(Secrets.hash(token));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    assertThat(sessions.find(Secrets.hash(token))).as("what is kept is no token").isEmpty();
  }

  @Test
  void aWallClockThatJumpsEndsNothingWhileTheStationRuns() {
    Sessions sessions = opened(0);
    String token = sessions.begin(ann);
    time.jump(Duration.ofDays(3650));
    assertThat(sessions.find(token)).isPresent();
    time.jump(Duration.ofDays(-7300));
    assertThat(sessions.find(token)).isPresent();
  }

  @Test
  void aWallClockSetBackBetweenTwoStartsGivesNoTimeAndSetOnEndsSessions() {
    Sessions before = opened(0);
    String token = before.begin(ann);
    time.pass(Duration.ofHours(11));
    before.save();
    time.jump(Duration.ofDays(-3650));
    Sessions after = opened(0);
    assertThat(after.find(token)).isPresent();
    time.jump(Duration.ofDays(7300));
    assertThat(opened(0).find(token)).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadLogsEverybodyOut() throws IOException {
    Sessions before = opened(0);
    String token = before.begin(ann);
    before.save();
    Files.writeString(folder.resolve("sessions.json"), "[{\"hash\": ");
    Sessions after = opened(0);
    assertThat(after.find(token)).isEmpty();
    assertThat(after.find(after.begin(ann))).isPresent();
  }

  @Test
  void whatCannotBeWrittenLogsNobodyOut() throws IOException {
    Sessions sessions = opened(0);
    String token = sessions.begin(ann);
    Files.createDirectory(folder.resolve("sessions.json"));
    sessions.save();
    assertThat(sessions.find(token)).isPresent();
  }

  @Test
  void onePersonHasTenAndTheLeastUsedGivesWay() {
    Sessions sessions = opened(0);
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < Sessions.MAX_PER_PERSON; i++) {
      tokens.add(sessions.begin(ann));
      time.pass(Duration.ofMinutes(1));
    }
    sessions.use(tokens.get(0));
    time.pass(Duration.ofMinutes(1));
    tokens.add(sessions.begin(ann));
    assertThat(sessions.count()).isEqualTo(Sessions.MAX_PER_PERSON);
    assertThat(sessions.find(tokens.get(0))).isPresent();
    assertThat(sessions.find(tokens.get(1))).isEmpty();
  }

  @Test
  void allHaveFiveHundred() {
    Sessions sessions = opened(0);
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i <= Sessions.MAX; i++) {
      tokens.add(sessions.begin(Account.of("p" + i, Role.VIEWER, "hash", Instant.EPOCH)));
    }
    assertThat(tokens).hasSize(Sessions.MAX + 1).allMatch(token -> token.matches("[A-Za-z0-9_-]{43}"));
    assertThat(sessions.count()).isEqualTo(Sessions.MAX);
  }
}
