package io.kerf.cli;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.people.MachineToken;
import io.kerf.people.Role;
import io.kerf.people.RosterState;
import io.kerf.people.Secrets;
import io.kerf.storage.Changed.Action;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, lists and revokes tokens for machines. */
@Command(name = "token", mixinStandardHelpOptions = true, description = "Tokens for machines: cameras, PLC gateways, scripts.",
    subcommands = {TokenCommand.ListThem.class, TokenCommand.Add.class, TokenCommand.Revoke.class})
final class TokenCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists tokens: id, role, since when, name. The tokens themselves nobody can look up.")
  static final class ListThem implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      RosterState state = PeopleCommand.file().read();
      if (state instanceof RosterState.Damaged damaged) {
        throw new FaultException(Fault.PEOPLE_DAMAGED, damaged.sentence());
      }
      if (state instanceof RosterState.Claimed claimed) {
        claimed.roster().tokens().forEach(token -> out.printf("%s  %-10s %s  %s%s%n", token.id(), token.role().label(), PeopleCommand.TIME.format(token.addedAt()), token.name(),
            token.expiresAt().map(end -> (token.expired(PeopleCommand.CLOCK.instant()) ? ", expired " : ", until ") + PeopleCommand.TIME.format(end)).orElse("")));
      }
      out.flush();
      return 0;
    }
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Makes a token and prints it, once. Send it as Authorization: Bearer <token>.")
  static final class Add implements Callable<Integer> {
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
      Instant now = PeopleCommand.CLOCK.instant();
      String token = Secrets.machineToken();
      MachineToken made = MachineToken.of(name, role, token, now, expiresIn.map(now::plus));
      PeopleCommand.change(Action.TOKEN_ADDED, made.name(), made.summary(), roster -> roster.with(made));
      spec.commandLine().getOut().println(token);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a token.")
  static final class Revoke implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "As \"kerf people token list\" has it.")
    private String id;

    @Override
    public Integer call() {
      PeopleCommand.change(Action.TOKEN_REVOKED, id, "", roster -> roster.revoked(id));
      return 0;
    }
  }
}
