package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.config.document.RecipeSection;
import io.kerf.config.document.RecipeText;
import io.kerf.config.document.StationDocument;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.ChosenRecipe;
import io.kerf.storage.DataFolder;
import io.kerf.training.recipe.RecipeExport;
import io.kerf.training.recipe.RecipeFolders;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at recipes, chooses the one in use, and moves them, whether a station runs on the data folder or not. */
@Command(name = "recipe", mixinStandardHelpOptions = true, description = "Lists recipes, chooses the one in use, copies, exports, imports and removes them.",
    subcommands = {RecipeCommand.ListRecipes.class, RecipeCommand.Use.class, RecipeCommand.Copy.class, RecipeCommand.Export.class, RecipeCommand.Import.class,
        RecipeCommand.Remove.class})
final class RecipeCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  private static DataFolder data() {
    return new DataFolder(CommandConfig.dataFolder());
  }

  private static RecipeFolders folders() {
    return new RecipeFolders(data(), Clock.systemUTC());
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  /** Those of the document, in its order, then those that have a folder alone. */
  private static Set<String> names(StationDocument document) {
    Set<String> names = new LinkedHashSet<>(document.recipes().keySet());
    names.addAll(data().recipes());
    return names;
  }

  private static String inUse(StationDocument document) {
    return ChosenRecipe.read(data().chosenRecipe()).map(ChosenRecipe::recipe).filter(names(document)::contains).orElseGet(document::firstRecipe);
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the recipes; * marks the one in use.")
  static final class ListRecipes implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      StationDocument document = DocumentInForce.read();
      String inUse = inUse(document);
      PrintWriter out = spec.commandLine().getOut();
      for (String name : names(document)) {
        RecipeSection section = document.recipes().getOrDefault(name, RecipeSection.DEFAULT);
        RecipeFolders.Counts counts = folders().counts(name);
        String model = new BundleStore(data().models(name)).active().map(active -> Bundle.shortened(active.digest())).orElse("no model");
        out.printf("%s %-24s %5s  %-12s  %d normals, %d golden%s%n", name.equals(inUse) ? "*" : " ", name, section.number().isPresent() ? section.number().getAsInt() : "-", model,
            counts.normals(), counts.golden(), section.title().map("  "::concat).orElse(""));
      }
      out.flush();
      return 0;
    }
  }

  @Command(name = "use", mixinStandardHelpOptions = true,
      description = "Puts a recipe into use: a running station takes it up within two seconds, its model first, another at its next start.")
  static final class Use implements Callable<Integer> {
    @Parameters(paramLabel = "RECIPE")
    private String recipe;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      Set<String> names = names(DocumentInForce.read());
      if (!names.contains(recipe)) {
        throw new FaultException(Fault.RECIPE_NOT_FOUND, "There is no recipe " + recipe + ". There are: " + String.join(", ", names) + ".");
      }
      Files.createDirectories(data().root());
      new ChosenRecipe(recipe, Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS), user()).write(data().chosenRecipe());
      spec.commandLine().getOut().println("In use: " + recipe);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  @Command(name = "copy", mixinStandardHelpOptions = true, description = "Makes a copy: the model in use and the one before, normals and golden parts.")
  static final class Copy implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FROM")
    private String from;

    @Parameters(index = "1", paramLabel = "TO")
    private String to;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      folders().copy(from, to, user());
      print(spec, "Copied to " + to + ". The station document may say more of it:", RecipeText.named(to, RecipeText.of(DocumentInForce.text(), from)));
      return 0;
    }
  }

  private static void print(CommandSpec spec, String sentence, String section) {
    spec.commandLine().getErr().println(sentence);
    spec.commandLine().getErr().flush();
    spec.commandLine().getOut().print(section);
    spec.commandLine().getOut().flush();
  }

  @Command(name = "export", mixinStandardHelpOptions = true, description = "Writes a recipe as one file: models, normals, golden parts, and what the station document says of it.")
  static final class Export implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RECIPE")
    private String recipe;

    @Parameters(index = "1", paramLabel = "FILE", description = "Must not exist.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      RecipeExport export = folders().export(recipe, RecipeText.of(DocumentInForce.text(), recipe));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        export.write(out);
      } catch (FileAlreadyExistsException there) {
        throw new FaultException(Fault.BAD_FIELD, "There is a file " + file + " already, and it stays as it is. Give another name.", there);
      } catch (IOException e) {
        Files.deleteIfExists(file);
        throw AtomicFiles.fault(file, e);
      }
      spec.commandLine().getOut().println(file);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  @Command(name = "import", mixinStandardHelpOptions = true,
      description = {"Makes a recipe of an exported file, every byte verified. Prints what the station document said of it where it was exported, to be put into this station's."})
  static final class Import implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    private Path file;

    @Option(names = "--name", paramLabel = "RECIPE", description = "Of the new recipe. Default: as it was exported.")
    private Optional<String> name = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        RecipeFolders.Imported imported = folders().importFrom(in, name, user());
        print(spec, "Imported as " + imported.recipe() + ": " + imported.model().map(digest -> "model " + Bundle.shortened(digest)).orElse("no model") + ", "
            + imported.counts().normals() + " normals, " + imported.counts().golden() + " golden parts. Of it the station document there said:",
            RecipeText.named(imported.recipe(), imported.section()));
      }
      return 0;
    }
  }

  @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a recipe with its models, normals and golden parts; never the one in use. Verdicts on record stay.")
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "RECIPE")
    private String recipe;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      folders().remove(recipe, inUse(DocumentInForce.read()));
      spec.commandLine().getOut().println("Removed: " + recipe);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
