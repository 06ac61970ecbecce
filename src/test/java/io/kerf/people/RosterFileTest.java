package io.kerf.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterFileTest {
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

  @TempDir
  private Path data;

  private Path json() {
    return data.resolve("people/people.json");
  }

  private static Account account(String name, Role role) {
    return Account.of(name, role, "$2b$04$hash", NOW);
  }

  @Test
  void whatWasWrittenIsReadAgainByAnother() {
    RosterFile file = new RosterFile(data);
    file.begin(account("Ann", Role.ADMIN));
    Roster written = file.change(roster -> roster.with(account("Bob", Role.OPERATOR)).with(MachineToken.of("camera", Role.OPERATOR, "kerf_x", NOW, Optional.of(NOW))));
    assertThat(new RosterFile(data).read()).isEqualTo(new RosterState.Claimed(written));
  }

  @Test
  void nobodyElseOnTheMachineReadsIt() throws IOException {
    new RosterFile(data).begin(account("Ann", Role.ADMIN));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("people")))).isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(json()))).isEqualTo("rw-------");
  }

  @Test
  void onlyTheFirstClaims() {
    RosterFile file = new RosterFile(data);
    assertThat(file.read()).isInstanceOf(RosterState.Unclaimed.class);
    assertThatThrownBy(() -> file.change(roster -> roster)).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNCLAIMED));
    file.begin(account("Ann", Role.ADMIN));
    assertThatThrownBy(() -> new RosterFile(data).begin(account("Eve", Role.ADMIN)))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ALREADY_CLAIMED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{}", "{\"people\":[],\"tokens\":[],\"untold\":[]}", "{\"people\":[{\"name\":\"Ann\",\"role\":\"ADMIM\"}],\"tokens\":[],\"untold\":[]}",
      "{\"people\":[{\"name\":\"Ann\",\"role\":\"ADMIN\"}],\"tokens\":[],\"untold\":[]}", "\u0000\u0000\u0000"})
  void aDamagedFileIsNeitherReadNorThereToBeClaimed(String content) throws IOException {
    RosterFile file = new RosterFile(data);
    file.begin(account("Ann", Role.ADMIN));
    Files.writeString(json(), content);
    assertThat(file.read()).isInstanceOf(RosterState.Damaged.class);
    assertThatThrownBy(() -> file.begin(account("Eve", Role.ADMIN))).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ALREADY_CLAIMED));
    assertThatThrownBy(() -> file.change(roster -> roster)).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.PEOPLE_DAMAGED);
      assertThat(e.detail()).contains("kerf people add");
    });
    assertThat(json()).hasContent(content);
  }

  @Test
  void aDamagedFileIsSetAsideWhereSomebodyBeginsAnew() throws IOException {
    Time time = new Time();
    RosterFile file = new RosterFile(data);
    file.begin(account("Ann", Role.ADMIN));
    assertThatThrownBy(() -> file.beginAnew(account("Eve", Role.ADMIN), time)).isInstanceOf(FaultException.class);
    Files.writeString(json(), "{half");
    file.beginAnew(account("Bob", Role.ADMIN), time);
    assertThat(((RosterState.Claimed) file.read()).roster().people()).extracting(Account::name).containsExactly("Bob");
    assertThat(data.resolve("people/people.json.damaged-20261125-080000")).hasContent("{half");
  }

  @Test
  void changesOfTwoAtOnceAreBothKept() throws Exception {
    new RosterFile(data).begin(account("Ann", Role.ADMIN));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    RosterFile shared = new RosterFile(data);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "p" + i;
      all.add(threads.submit(() -> shared.change(roster -> roster.with(account(name, Role.VIEWER)))));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
    assertThat(((RosterState.Claimed) shared.read()).roster().people()).hasSize(21);
  }
}
