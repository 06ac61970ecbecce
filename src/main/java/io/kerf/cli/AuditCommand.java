package io.kerf.cli;

import io.kerf.audit.AuditChain;
import io.kerf.audit.AuditEntry;
import io.kerf.audit.AuditQuery;
import io.kerf.audit.AuditTrail;
import io.kerf.config.CommandConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Moment;
import io.kerf.storage.DataFolder;
import io.kerf.storage.Database;
import io.kerf.storage.RecipeName;
import io.kerf.storage.Sql;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at the audit trail of the data folder, whether a station runs on it or not; changes nothing. */
@Command(name = "audit", mixinStandardHelpOptions = true, description = "Tells who changed what, and verifies that this is what was written.",
    subcommands = {AuditCommand.ListEntries.class, AuditCommand.Verify.class})
final class AuditCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  /** The trail of the data folder. @throws FaultException {@link Fault#AUDIT_MISSING} where no station has made one yet */
  private static AuditTrail trail() {
    Path file = new DataFolder(CommandConfig.dataFolder()).database();
    DataSource source = new Database(file, Clock.systemUTC()).readOnly();
    if (!Files.exists(file) || !hasTable(source)) {
      throw new FaultException(Fault.AUDIT_MISSING, file + " has no audit trail. A station makes it when it starts; KERF_DATA says which data folder is meant.");
    }
    return new AuditTrail(source);
  }

  private static boolean hasTable(DataSource source) {
    try {
      return Sql.number(source, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'audit'") > 0;
    } catch (SQLException e) {
      throw Database.fault("the audit trail could not be read", e);
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists changes, newest first: number, time, who, what, recipe, subject, detail.")
  static final class ListEntries implements Callable<Integer> {
    @Option(names = "--since", paramLabel = "TIME",
        description = "Only changes made then or later: a day such as 2026-11-24, \"2026-11-24 06:00\" by this machine's clock, or 2026-11-24T06:00:00Z.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--recipe", paramLabel = "NAME", description = "Only those of a product.")
    private Optional<String> recipe = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many, 1 to 10000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      if (limit < 1 || limit > AuditQuery.MAX_LIMIT) {
        throw new ParameterException(spec.commandLine(), "--limit must be 1 to " + AuditQuery.MAX_LIMIT);
      }
      Optional<Instant> from = since.map(text -> Moment.parse("--since", text, ZoneId.systemDefault()));
      List<AuditEntry> entries = trail().page(new AuditQuery(limit, OptionalLong.empty(), recipe.map(RecipeName::require), from));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(ModelsCommand.JSON.writeValueAsString(entries));
      } else if (entries.isEmpty()) {
        out.println("No changes on record.");
      } else {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
        entries.forEach(one -> out.printf("%6d  %s  %-12s %-18s %s  %s%s%n", one.number(), time.format(one.at()), one.by(), one.action(),
            one.recipe().isEmpty() ? "-" : one.recipe(), one.subject().isEmpty() ? "-" : one.subject(), one.detail().isEmpty() ? "" : "  " + one.detail()));
      }
      out.flush();
      return 0;
    }
  }

  @Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false,
      description = {"Reads the trail through and says whether it is what was written; if not, which entry is the first that is wrong.",
          "Prints how many entries there are and the head, the hash of the last. Keep both where nobody who can change this station can change them:",
          "only against a head that was kept does it show that the end was cut off, or that all of it was written anew."})
  static final class Verify implements Callable<Integer> {
    @Option(names = "--head", paramLabel = "HASH", description = "A head that was kept: checks that it is still in the trail.")
    private Optional<String> head = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      AuditChain.Finding finding = trail().verify(head);
      if (finding instanceof AuditChain.Broken broken) {
        throw new FaultException(Fault.AUDIT_BROKEN, broken.sentence() + " Entries from there on prove nothing; compare with a copy of kerf.db from before.");
      }
      if (finding instanceof AuditChain.HeadMissing missing) {
        throw new FaultException(Fault.AUDIT_BROKEN, missing.sentence());
      }
      AuditChain.Intact intact = (AuditChain.Intact) finding;
      PrintWriter out = spec.commandLine().getOut();
      out.println("entries " + intact.entries());
      out.println("head    " + intact.head());
      out.flush();
      PrintWriter err = spec.commandLine().getErr();
      err.println("Each entry follows the one before" + (head.isPresent() ? ", and the head that was kept is among them." : ". Keep the head elsewhere and check it with --head."));
      err.flush();
      return 0;
    }
  }
}
