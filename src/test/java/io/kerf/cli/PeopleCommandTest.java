package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.people.Account;
import io.kerf.people.MachineToken;
import io.kerf.people.Passwords;
import io.kerf.people.Role;
import io.kerf.people.Roster;
import io.kerf.people.RosterFile;
import io.kerf.people.RosterState;
import io.kerf.people.Secrets;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PeopleCommandTest {
  private static final InputStream KEYBOARD = System.in;

  @TempDir
  private Path data;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void setDataFolder() {
    System.setProperty("kerf.data", data.toString());
  }

  @AfterEach
  void clearDataFolder() {
    System.clearProperty("kerf.data");
    System.setIn(KEYBOARD);
  }

  private int kerf(String typed, String... arguments) {
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = KerfMain.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private Roster roster() {
    return ((RosterState.Claimed) new RosterFile(data).read()).roster();
  }

  @Test
  void theFirstIsAnAdminAndClaimsTheStation() {
    assertThat(kerf("", "people", "list")).isZero();
    assertThat(out.toString()).contains("Nobody has claimed");
    assertThat(kerf("correct horse\n", "people", "add", "Ann", "--role", "operator")).isEqualTo(2);
    assertThat(err.toString()).contains("last-admin");
    assertThat(kerf("correct horse\n", "people", "add", "Ann", "--role", "admin")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("first admin");
    assertThat(kerf("battery staple\n", "people", "add", "Bob Roe", "--role", "OPERATOR")).as(err.toString()).isZero();
    assertThat(kerf("", "people", "list")).isZero();
    assertThat(out.toString()).contains("admin").contains("Ann").contains("operator").contains("Bob Roe").doesNotContain("$2b$");
    assertThat(roster().untold()).extracting(untold -> untold.action().code() + " " + untold.subject()).containsExactly("station-claimed Ann", "person-added Bob Roe");
    assertThat(roster().untold().get(0).by()).isEqualTo(System.getProperty("user.name") + ", by command");
  }

  @Test
  void aLostPasswordIsReplacedAndSomebodyIsRemoved() {
    kerf("correct horse\n", "people", "add", "Ann", "--role", "admin");
    kerf("battery staple\n", "people", "add", "Bob", "--role", "viewer");
    Account before = roster().required("Bob");
    assertThat(kerf("another horse\n", "people", "password", "bob")).as(err.toString()).isZero();
    Account after = roster().required("Bob");
    assertThat(Passwords.ofAStation().fits("another horse", after)).isTrue();
    assertThat(after.revision()).as("sessions end").isNotEqualTo(before.revision());
    assertThat(after.role()).isEqualTo(Role.VIEWER);
    assertThat(kerf("another horse\n", "people", "password", "nobody")).isEqualTo(2);
    assertThat(kerf("short\n", "people", "password", "Bob")).isEqualTo(2);
    assertThat(kerf("", "people", "password", "Bob")).isEqualTo(2);
    assertThat(kerf("", "people", "remove", "Bob")).isZero();
    assertThat(kerf("", "people", "remove", "Ann")).isEqualTo(2);
    assertThat(err.toString()).contains("last-admin");
    assertThat(roster().people()).extracting(Account::name).containsExactly("Ann");
  }

  @Test
  void tokensAreMadeListedAndRevoked() {
    assertThat(kerf("", "people", "token", "add", "camera 2")).isEqualTo(2);
    assertThat(err.toString()).contains("unclaimed");
    kerf("correct horse\n", "people", "add", "Ann", "--role", "admin");
    assertThat(kerf("", "people", "token", "add", "camera 2", "--expires-in", "24h")).as(err.toString()).isZero();
    String token = out.toString().strip();
    MachineToken made = roster().tokens().get(0);
    assertThat(token).startsWith("kerf_");
    assertThat(made.hash()).isEqualTo(Secrets.hash(token));
    assertThat(made.role()).isEqualTo(Role.OPERATOR);
    assertThat(made.expiresAt()).isPresent();
    kerf("", "people", "token", "list");
    assertThat(out.toString()).contains(made.id()).contains("camera 2").contains("until").doesNotContain(token);
    assertThat(kerf("", "people", "token", "revoke", made.id())).isZero();
    assertThat(kerf("", "people", "token", "revoke", made.id())).isEqualTo(2);
    assertThat(roster().tokens()).isEmpty();
    assertThat(roster().untold()).extracting(untold -> untold.action().code()).containsExactly("station-claimed", "token-added", "token-revoked");
  }

  @Test
  void aDamagedFileIsMendedByAnAdminAlone() throws Exception {
    kerf("correct horse\n", "people", "add", "Ann", "--role", "admin");
    Files.writeString(data.resolve("people/people.json"), "{");
    assertThat(kerf("", "people", "list")).isEqualTo(1);
    assertThat(err.toString()).contains("people-damaged").contains("kerf people add");
    assertThat(kerf("battery staple\n", "people", "add", "Bob", "--role", "viewer")).isEqualTo(2);
    assertThat(data.resolve("people/people.json")).hasContent("{");
    assertThat(kerf("battery staple\n", "people", "add", "Bob", "--role", "admin")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("damaged");
    assertThat(roster().people()).extracting(Account::name).containsExactly("Bob");
  }

  @Test
  void aFolderThatIsNotThereWasNotMeant() {
    System.setProperty("kerf.data", data.resolve("nowhere").toString());
    assertThat(kerf("correct horse\n", "people", "add", "Ann", "--role", "admin")).isEqualTo(2);
    assertThat(err.toString()).contains("KERF_DATA");
    assertThat(data.resolve("nowhere")).doesNotExist();
  }
}
