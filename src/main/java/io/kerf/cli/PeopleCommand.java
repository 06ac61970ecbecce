package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.people.Account;
import io.kerf.people.Passwords;
import io.kerf.people.Role;
import io.kerf.people.Roster;
import io.kerf.people.RosterFile;
import io.kerf.people.RosterState;
import io.kerf.storage.Changed.Action;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says who may do what, from the machine itself: for a lost password, and to mend what is damaged. A running station follows within two seconds. */
@Command(name = "people", mixinStandardHelpOptions = true, description = "Says who may do what here: for a lost password, and tokens for machines.",
    subcommands = {PeopleCommand.ListPeople.class, PeopleCommand.Add.class, PeopleCommand.Password.class, PeopleCommand.Remove.class, TokenCommand.class})
final class PeopleCommand implements Runnable {
  static final Clock CLOCK = Clock.systemUTC();
  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  /** A folder that is not there was not meant. */
  static RosterFile file() {
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

  static void change(Action action, String subject, String detail, UnaryOperator<Roster> change) {
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

  /** The hash of a password that somebody types twice, or of the first line of the standard input where nobody types. */
  private static String chosen(CommandSpec spec) {
    return Passwords.ofAStation().hash(TypedPassword.read(spec.commandLine().getErr()));
  }
}
