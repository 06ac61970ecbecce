package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.export.Export;
import io.kerf.inspection.export.ExportOrder;
import io.kerf.inspection.store.FilterText;
import io.kerf.inspection.store.InspectionFilter;
import io.kerf.storage.AtomicFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes records and images out of the data folder. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Writes a table of parts that were judged, or an archive of their images with a manifest, whether a station runs or not. Changes nothing.",
    "Times are as 2026-11-24T06:00:00Z, \"2026-11-24 06:00\" by this machine's clock, or a date alone for its first moment."})
final class ExportCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private Target target;

  /** One of them. */
  static final class Target {
    @Option(names = "--csv", paramLabel = "FILE", required = true, description = "Write a table.")
    private Path csv;

    @Option(names = "--zip", paramLabel = "FILE", required = true, description = "Write an archive of images, heat maps, manifest.csv and manifest.json.")
    private Path zip;
  }

  @Option(names = "--recipe", paramLabel = "NAME", description = "Only parts of a product.")
  private String recipe;

  @Option(names = "--part", paramLabel = "ID", description = "Only that part; A-17* for all that begin so.")
  private String part;

  @Option(names = "--lot", paramLabel = "LOT", description = "Only parts of this lot.")
  private String lot;

  @Option(names = "--from", paramLabel = "TIME", description = "Only parts captured then or later.")
  private String from;

  @Option(names = "--until", paramLabel = "TIME", description = "Only parts captured before.")
  private String until;

  @Option(names = "--verdict", paramLabel = "VERDICT", description = "OK, NG or UNJUDGED; several with commas.")
  private String verdict;

  @Option(names = "--p-value-to", paramLabel = "P", description = "Only parts with at most this p-value.")
  private String pValueTo;

  @Option(names = "--reviewed", paramLabel = "WORD", description = "What people said of it: GOOD, BAD, ANY or NONE.")
  private String reviewed;

  @Option(names = "--max-parts", paramLabel = "N", defaultValue = "10000", description = "Parts that an archive may hold. Default: ${DEFAULT-VALUE}.")
  private int maxParts;

  @Spec
  private CommandSpec spec;

  private final Clock clock = Clock.systemDefaultZone();

  @Override
  public Integer call() throws IOException {
    Map<String, String> texts = texts();
    InspectionFilter filter = FilterText.parse(texts, clock.getZone());
    Export export = new Export(StoredParts.open(Fault.NOT_FOUND, clock).store(), maxParts, clock);
    if (target.zip == null) {
      write(target.csv, out -> export.csv(filter, out));
    } else {
      export.requireRoom(filter);
      write(target.zip, out -> export.zip(new ExportOrder(filter, texts, CommandConfig.name()), out));
    }
    return 0;
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    Optional.ofNullable(recipe).ifPresent(text -> texts.put("recipe", text));
    Optional.ofNullable(part).ifPresent(text -> texts.put("part", text));
    Optional.ofNullable(lot).ifPresent(text -> texts.put("lot", text));
    Optional.ofNullable(from).ifPresent(text -> texts.put("from", text));
    Optional.ofNullable(until).ifPresent(text -> texts.put("until", text));
    Optional.ofNullable(verdict).ifPresent(text -> texts.put("verdict", text));
    Optional.ofNullable(pValueTo).ifPresent(text -> texts.put("pValueTo", text));
    Optional.ofNullable(reviewed).ifPresent(text -> texts.put("reviewed", text));
    return texts;
  }

  private interface Work {
    void write(OutputStream out) throws IOException;
  }

  /** The file appears whole or not at all. */
  private void write(Path file, Work work) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        work.write(out);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      spec.commandLine().getErr().println(file + " has " + Files.size(file) + " bytes.");
      spec.commandLine().getErr().flush();
    } catch (IOException e) {
      throw AtomicFiles.fault(file, e);
    } finally {
      delete(part);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new FaultException(Fault.DATA_FOLDER_UNUSABLE, part + " is left half written and could not be deleted: " + e.getMessage(), e);
    }
  }
}
