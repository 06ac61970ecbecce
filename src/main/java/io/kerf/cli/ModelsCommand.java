package io.kerf.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.model.Activation;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the bundles of a recipe and chooses the one in use. */
@Command(name = "models", mixinStandardHelpOptions = true, description = "Lists, shows and activates the models of a recipe, and tells which were in use.",
    subcommands = {ModelsCommand.ListModels.class, ModelsCommand.Show.class, ModelsCommand.Activate.class, ModelsCommand.RollBack.class,
        ModelsCommand.History.class})
final class ModelsCommand implements Runnable {
  static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules()
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).enable(SerializationFeature.INDENT_OUTPUT);

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the models, newest first; * marks the one in use.")
  static final class ListModels implements Callable<Integer> {
    @Mixin
    private DataOptions data;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      List<BundleStore.Listed> listed = data.store().list();
      if (json) {
        out.println(JSON.writeValueAsString(listed));
      } else if (listed.isEmpty()) {
        out.println("No model in " + data.store().folder() + ". Make one with: kerf train <folder>");
      } else {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());
        for (BundleStore.Listed one : listed) {
          out.printf("%s %s  %s  %-28s %d×%d px  %d + %d parts%n", one.active() ? "*" : " ", Bundle.shortened(one.digest()),
              time.format(one.manifest().createdAt()), one.manifest().provenance().encoder(), one.manifest().preprocessing().widthPx(), one.manifest().preprocessing().heightPx(),
              one.manifest().provenance().normals(), one.manifest().provenance().heldOut());
        }
      }
      out.flush();
      return 0;
    }
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "Verifies a model and shows its manifest and calibration as JSON.")
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "DIGEST", description = "The digest or its beginning.")
    private String digest;

    @Mixin
    private DataOptions data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      BundleStore store = data.store();
      Bundle bundle = store.load(store.resolve(digest));
      spec.commandLine().getOut().println(JSON.writeValueAsString(
          Map.of("digest", bundle.digest(), "folder", bundle.folder().toString(), "manifest", bundle.manifest(), "rules", bundle.rules())));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  @Command(name = "activate", mixinStandardHelpOptions = true,
      description = "Verifies a model and makes it the one in use. A running station takes it within two seconds, without a pause.")
  static final class Activate implements Callable<Integer> {
    @Parameters(paramLabel = "DIGEST", description = "The digest or its beginning.")
    private String digest;

    @Mixin
    private DataOptions data;

    @Mixin
    private Why why;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      BundleStore store = data.store();
      String full = store.resolve(digest);
      data.requireUnpinned(Optional.of(full));
      store.activate(full, why.change(), Clock.systemUTC().instant());
      spec.commandLine().getOut().println("In use for recipe " + data.recipe() + ": " + full);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  /** What is kept with a change. */
  static final class Why {
    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Kept in the history, with the user's name.")
    private String reason;

    Change change() {
      return new Change(System.getProperty("user.name"), reason);
    }
  }

  @Command(name = "rollback", mixinStandardHelpOptions = true,
      description = "Verifies the model that was in use before and uses it again. A running station takes it within two seconds, without a pause.")
  static final class RollBack implements Callable<Integer> {
    @Mixin
    private DataOptions data;

    @Mixin
    private Why why;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      data.requireUnpinned(Optional.empty());
      String digest = data.store().rollBack(why.change(), Clock.systemUTC().instant());
      spec.commandLine().getOut().println("In use again for recipe " + data.recipe() + ": " + digest);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  @Command(name = "history", mixinStandardHelpOptions = true, description = "Tells which models were in use, since when, by whom and why; the last is in use now.")
  static final class History implements Callable<Integer> {
    @Mixin
    private DataOptions data;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      List<Activation> history = data.store().history();
      if (json) {
        out.println(JSON.writeValueAsString(history));
      } else if (history.isEmpty()) {
        out.println("No model was in use yet in " + data.store().folder() + ".");
      } else {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
        history.forEach(one -> out.printf("%s  %s  %s%s%n", time.format(one.activatedAt()), Bundle.shortened(one.digest()), one.by(),
            one.reason().isEmpty() ? "" : ": " + one.reason()));
      }
      out.flush();
      return 0;
    }
  }
}
