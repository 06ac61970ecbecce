package io.kerf.fleet.sender;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.trust.StrictJson;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a sender has sent to a group, one file for each rollout, so that the one before can be sent again. Belongs into version control beside the group's file. */
public final class SentRollouts {
  private static final ObjectMapper JSON = StrictJson.mapper();

  private final Path folder;

  /** @param documents by station */
  public record Sent(FleetVersion version, String rolloutId, Map<String, byte[]> documents) {}

  /** @param folder of all groups of a fleet */
  public SentRollouts(Path folder, String group) {
    this.folder = folder.resolve(group);
  }

  public void keep(Sent sent) throws IOException {
    Files.createDirectories(folder);
    AtomicFiles.write(folder.resolve(sent.version() + ".json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(sent));
  }

  /** Newest first. */
  public List<Sent> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::getFileName).map(Path::toString).filter(name -> name.matches("[0-9]+\\.[0-9]+\\.json"))
          .sorted(Comparator.comparing((String name) -> FleetVersion.parse(name.substring(0, name.length() - 5))).reversed()).map(this::read).toList();
    }
  }

  /** What was sent before the newest. @throws FaultException {@link Fault#FLEET_NOTHING_BEFORE} where there is none */
  public Sent before() throws IOException {
    return all().stream().skip(1).findFirst().orElseThrow(() -> new FaultException(Fault.FLEET_NOTHING_BEFORE,
        "There is nothing to return to: " + folder + " holds fewer than two rollouts. Send the document you want as a new rollout."));
  }

  public Optional<FleetVersion> newest() throws IOException {
    return all().stream().findFirst().map(Sent::version);
  }

  private Sent read(String name) {
    try {
      return JSON.readValue(Files.readAllBytes(folder.resolve(name)), Sent.class);
    } catch (IOException e) {
      throw new FaultException(Fault.BAD_CONFIGURATION, folder.resolve(name) + " cannot be read: take it from version control, or delete it.", e);
    }
  }
}
