package io.kerf.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the bundles of a recipe and chooses the one in use. */
@Command(name = "models", mixinStandardHelpOptions = true, description = "Lists, shows and activates the models of a recipe.",
    subcommands = {ModelsCommand.ListModels.class, ModelsCommand.Show.class, ModelsCommand.Activate.class})
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
          out.printf("%s %s  %s  %-28s %d×%d px  %d + %d parts%n", one.active() ? "*" : " ", one.digest().substring(0, Bundle.SHORT_DIGEST),
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

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      BundleStore store = data.store();
      String full = store.resolve(digest);
      store.activate(full, Clock.systemUTC().instant());
      spec.commandLine().getOut().println("In use for recipe " + data.recipe() + ": " + full);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
