package io.kerf.encoder.tensorrt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plans of this device: derived from bundles, disposable.
 *
 * <ol>
 *   <li>A plan is under the digest of its {@link PlanKey}, whole or not at all.
 *   <li>What this device has not signed, or what was changed since, is deleted, not loaded.
 *   <li>A plan's bytes are compared with their digest before anything is made of them.
 * </ol>
 *
 * <pre>
 * device.key                  of {@link DeviceKey}
 * &lt;key&gt;/plan.json plan.mac encoder.plan
 * timings.cache               measured layers of this GPU
 * </pre>
 */
public final class PlanStore {
  private static final Logger LOG = LoggerFactory.getLogger(PlanStore.class);
  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  private static final String KEY_NAME = "[0-9a-f]{64}";

  private final Path folder;

  /** @param folder {@code plans/} of the data folder; made with the first plan */
  public PlanStore(Path folder) {
    this.folder = folder;
  }

  public Path timings() {
    return folder.resolve("timings.cache");
  }

  /** The plan under a key, used or refused; empty where there is none of this device's. */
  public Optional<StoredPlan> find(PlanKey key) throws IOException {
    return at(folder.resolve(key.digest())).filter(plan -> plan.known().key().equals(key));
  }

  /** The plan in a folder of this store; empty where there is none of this device's. */
  Optional<StoredPlan> at(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    Path file = place.resolve(StoredPlan.RECORD);
    Path signature = place.resolve(StoredPlan.SIGNATURE);
    if (Files.isRegularFile(file) && Files.isRegularFile(signature)) {
      byte[] bytes = Files.readAllBytes(file);
      if (deviceKey().signed(bytes, new String(Files.readAllBytes(signature), StandardCharsets.US_ASCII).strip())) {
        return Optional.of(new StoredPlan(place, JSON.readValue(bytes, PlanRecord.class)));
      }
    }
    LOG.warn("The plan in {} was not compiled by this device, or was changed since. It is deleted and will be compiled anew.", place);
    AtomicFiles.deleteTree(place);
    return Optional.empty();
  }

  /**
   * Keeps what was compiled, in place of what is there under this key.
   *
   * @param staged a folder on this file system, taken over: holds the plan as {@value StoredPlan#PLAN}, or nothing for one that was refused
   */
  public StoredPlan keep(PlanRecord known, Path staged) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(known);
    Files.write(staged.resolve(StoredPlan.RECORD), bytes);
    Files.writeString(staged.resolve(StoredPlan.SIGNATURE), deviceKey().sign(bytes), StandardCharsets.US_ASCII);
    Path place = folder.resolve(known.key().digest());
    forget(known.key());
    AtomicFiles.publish(staged, place);
    return new StoredPlan(place, known);
  }

  /** Deletes the plan under a key, so that it is compiled anew. */
  public void forget(PlanKey key) throws IOException {
    Path place = folder.resolve(key.digest());
    if (Files.exists(place)) {
      AtomicFiles.deleteTree(place);
    }
  }

  /** Deletes all but so many of the plans that were compiled last. */
  public void retainNewest(int many) throws IOException {
    List<StoredPlan> all = new ArrayList<>();
    for (Path place : places()) {
      at(place).ifPresent(all::add);
    }
    all.sort(Comparator.comparing((StoredPlan plan) -> plan.known().builtAt()).reversed());
    for (StoredPlan old : all.subList(Math.min(many, all.size()), all.size())) {
      AtomicFiles.deleteTree(old.folder());
    }
  }

  /** What compiling took the last time on this GPU in this precision; empty where nothing was compiled yet. */
  public OptionalDouble usualBuildSeconds(PlanKey key) throws IOException {
    List<PlanRecord> alike = new ArrayList<>();
    for (Path place : places()) {
      at(place).map(StoredPlan::known).filter(known -> known.key().gpu().equals(key.gpu()) && known.key().precision() == key.precision()).ifPresent(alike::add);
    }
    return alike.stream().max(Comparator.comparing(PlanRecord::builtAt)).map(last -> OptionalDouble.of(last.buildSeconds())).orElse(OptionalDouble.empty());
  }

  private List<Path> places() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(place -> place.getFileName().toString().matches(KEY_NAME)).toList();
    }
  }

  private DeviceKey deviceKey() throws IOException {
    return DeviceKey.of(folder.resolve("device.key"));
  }
}
