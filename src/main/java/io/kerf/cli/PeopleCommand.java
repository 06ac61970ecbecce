package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.people.Account;
import io.kerf.people.MachineToken;
import io.kerf.people.Passwords;
import io.kerf.people.Role;
import io.kerf.people.Roster;
import io.kerf.people.RosterFile;
import io.kerf.people.RosterState;
import io.kerf.people.Secrets;
import io.kerf.storage.Changed.Action;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says who may do what, from the machine itself: for a lost password, and to mend what is damaged. A running station follows within two seconds. */
@Command(name = "people", mixinStandardHelpOptions = true, description = "Says who may do what here: for a lost password, and tokens for machines.",
    subcommands = {PeopleCommand.ListPeople.class, PeopleCommand.Add.class, PeopleCommand.Password.class, PeopleCommand.Remove.class, PeopleCommand.Token.class})
final class PeopleCommand implements Runnable {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  /** A folder that is not there was not meant. */
  private static RosterFile file() {
    if (!Files.isDirectory(CommandConfig.dataFolder())) {
      throw new FaultException(Fault.BAD_CONFIGURATION, "There is no data folder " + CommandConfig.dataFolder().toAbsolutePath() + ". KERF_DATA says which one is meant.");
    }
    return new RosterFile(CommandConfig.dataFolder());
  }

  private static String me() {
    return System.getProperty("user.name") + ", by command";
  }

  /** The station's audit trail hears of it when that runs. */
  private static Roster.Untold untold(Action action, String subject, String detail) {
    return new Roster.Untold(CLOCK.instant(), me(), action, subject, detail);
  }

  private static void change(Action action, String subject, String detail, UnaryOperator<Roster> change) {
    file().change(roster -> change.apply(roster).with(untold(action, subject, detail)));
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists people with their roles.")
  static final class ListPeople implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      RosterState state = file().read();
      if (state instanceof RosterState.Damaged damaged) {
        throw new FaultException(Fault.PEOPLE_DAMAGED, damaged.sentence());
      }
      if (state instanceof RosterState.Claimed claimed) {
        claimed.roster().people().forEach(person -> out.printf("%-10s %s  %s%n", person.role().label(), TIME.format(person.addedAt()), person.name()));
      } else {
        out.println("Nobody has claimed this station yet.");
      }
      out.flush();
      return 0;
    }
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = {"Lets somebody in. The first must be an admin, and claims the station.",
      "Where the file of people is damaged, an admin is added to a new one, and the old one is set aside."})
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(names = "--role", paramLabel = "ROLE", required = true, description = "One of ${COMPLETION-CANDIDATES}.")
    private Role role;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      RosterFile file = file();
      RosterState state = file.read();
      Account account = Account.of(name, role, chosen(spec), CLOCK.instant());
      PrintWriter out = spec.commandLine().getOut();
      if (state instanceof RosterState.Claimed) {
        change(Action.PERSON_ADDED, account.name(), role.label(), roster -> roster.with(account));
        out.println(account.name() + " may log in as " + role.label() + ".");
      } else if (state instanceof RosterState.Unclaimed) {
        file.begin(account);
        file.change(roster -> roster.with(untold(Action.STATION_CLAIMED, account.name(), "by command")));
        out.println(account.name() + " is the first admin of this station, which is claimed now.");
      } else {
        file.beginAnew(account, CLOCK);
        file.change(roster -> roster.with(untold(Action.STATION_CLAIMED, account.name(), "by command, as the file of people was damaged")));
        out.println("The file of people was damaged and lies beside the new one, which has " + account.name() + " alone. Add the others, and make tokens for machines anew.");
      }
      out.flush();
      return 0;
    }
  }

  @Command(name = "password", mixinStandardHelpOptions = true, description = "Gives somebody another password, and logs them out everywhere.")
  static final class Password implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      String hash = chosen(spec);
      change(Action.PERSON_CHANGED, name, "password", roster -> roster.changed(name, old -> Account.of(old.name(), old.role(), hash, old.addedAt())));
      spec.commandLine().getOut().println("The password of " + name + " was changed.");
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  @Command(name = "remove", mixinStandardHelpOptions = true, description = "Lets somebody in no longer. The last admin stays.")
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name;

    @Override
    public Integer call() {
      change(Action.PERSON_REMOVED, name, "", roster -> roster.without(name));
      return 0;
    }
  }

  @Command(name = "token", mixinStandardHelpOptions = true, description = "Tokens for machines: cameras, PLC gateways, scripts.",
      subcommands = {ListTokens.class, AddToken.class, RevokeToken.class})
  static final class Token implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getErr());
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists tokens: id, role, since when, name. The tokens themselves nobody can look up.")
  static final class ListTokens implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      RosterState state = file().read();
      if (state instanceof RosterState.Damaged damaged) {
        throw new FaultException(Fault.PEOPLE_DAMAGED, damaged.sentence());
      }
      if (state instanceof RosterState.Claimed claimed) {
        claimed.roster().tokens().forEach(token -> out.printf("%s  %-10s %s  %s%s%n", token.id(), token.role().label(), TIME.format(token.addedAt()), token.name(),
            token.expiresAt().map(end -> (token.expired(CLOCK.instant()) ? ", expired " : ", until ") + TIME.format(end)).orElse("")));
      }
      out.flush();
      return 0;
    }
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Makes a token and prints it, once. Send it as Authorization: Bearer <token>.")
  static final class AddToken implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Of the machine.")
    private String name;

    @Option(names = "--role", paramLabel = "ROLE", defaultValue = "operator", description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Role role;

    @Option(names = "--expires-in", paramLabel = "TIME", description = "Such as 24h. It does not expire where this is absent.")
    private Optional<Duration> expiresIn = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      Instant now = CLOCK.instant();
      String token = Secrets.machineToken();
      MachineToken made = MachineToken.of(name, role, token, now, expiresIn.map(now::plus));
      change(Action.TOKEN_ADDED, made.name(), made.summary(), roster -> roster.with(made));
      spec.commandLine().getOut().println(token);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a token.")
  static final class RevokeToken implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "As \"kerf people token list\" has it.")
    private String id;

    @Override
    public Integer call() {
      change(Action.TOKEN_REVOKED, id, "", roster -> roster.revoked(id));
      return 0;
    }
  }

  /** The hash of a password that somebody types twice, or of the first line of the standard input where nobody types. */
  private static String chosen(CommandSpec spec) {
    return Passwords.ofAStation().hash(TypedPassword.read(spec.commandLine().getErr()));
  }
}
