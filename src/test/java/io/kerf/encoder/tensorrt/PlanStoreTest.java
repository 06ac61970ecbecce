package io.kerf.encoder.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanStoreTest {
  static final PlanShape SHAPE = new PlanShape(256, 256, 256, 256);
  static final PlanKey KEY = new PlanKey("36.4.3", "10.3.0", "Orin", "8.7", "ab".repeat(32), Precision.FP16, SHAPE);
  private static final byte[] PLAN = "a plan".getBytes();

  @TempDir
  private Path temp;
  private PlanStore store;

  @BeforeEach
  void open() {
    store = new PlanStore(temp.resolve("plans"));
  }

  private static PlanRecord known(PlanKey key, double seconds, Optional<String> refusal) {
    return new PlanRecord(key, PLAN.length, Sha256.of(PLAN), Instant.parse("2026-01-02T03:04:05Z").plusSeconds((long) seconds), seconds, "compared", refusal);
  }

  private StoredPlan keep(PlanKey key, double seconds) throws Exception {
    Path staged = Files.createDirectories(temp.resolve("staged"));
    Files.write(staged.resolve(StoredPlan.PLAN), PLAN);
    return store.keep(known(key, seconds, Optional.empty()), staged);
  }

  @Test
  void aPlanIsFoundUnderItsKeyAndNoOther() throws Exception {
    assertThat(store.find(KEY)).isEmpty();
    keep(KEY, 90);
    StoredPlan found = new PlanStore(temp.resolve("plans")).find(KEY).orElseThrow();
    assertThat(found.known()).isEqualTo(known(KEY, 90, Optional.empty()));
    assertThat(found.bytes()).isEqualTo(PLAN);
    List<PlanKey> others = List.of(new PlanKey("36.5.0", "10.3.0", "Orin", "8.7", KEY.onnxSha256(), Precision.FP16, SHAPE),
        new PlanKey("36.4.3", "10.7.0", "Orin", "8.7", KEY.onnxSha256(), Precision.FP16, SHAPE),
        new PlanKey("36.4.3", "10.3.0", "Orin (nvgpu)", "8.7", KEY.onnxSha256(), Precision.FP16, SHAPE),
        new PlanKey("36.4.3", "10.3.0", "Orin", "8.9", KEY.onnxSha256(), Precision.FP16, SHAPE),
        new PlanKey("36.4.3", "10.3.0", "Orin", "8.7", "cd".repeat(32), Precision.FP16, SHAPE),
        new PlanKey("36.4.3", "10.3.0", "Orin", "8.7", KEY.onnxSha256(), Precision.INT8, SHAPE),
        new PlanKey("36.4.3", "10.3.0", "Orin", "8.7", KEY.onnxSha256(), Precision.FP16, new PlanShape(256, 256, 512, 256)));
    for (PlanKey other : others) {
      assertThat(store.find(other)).as(other.toString()).isEmpty();
    }
    assertThat(Stream.concat(Stream.of(KEY), others.stream()).map(PlanKey::digest)).doesNotHaveDuplicates().allMatch(digest -> digest.matches("[0-9a-f]{64}"));
  }

  @Test
  void aPlanWhoseBytesWereChangedIsNotLoaded() throws Exception {
    StoredPlan plan = keep(KEY, 90);
    Files.write(plan.folder().resolve(StoredPlan.PLAN), "a plaN".getBytes());
    assertThatThrownBy(plan::bytes).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.PLAN_UNUSABLE);
      assertThat(e.detail()).contains("is not what was compiled here");
    });
    Files.delete(plan.folder().resolve(StoredPlan.PLAN));
    assertThatThrownBy(plan::bytes).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PLAN_UNUSABLE));
  }

  @Test
  void aPlanThatAnotherDeviceSignedIsDeleted() throws Exception {
    Path elsewhere = temp.resolve("elsewhere");
    Path staged = Files.createDirectories(temp.resolve("other"));
    Files.write(staged.resolve(StoredPlan.PLAN), PLAN);
    StoredPlan foreign = new PlanStore(elsewhere).keep(known(KEY, 1, Optional.empty()), staged);
    Path place = temp.resolve("plans").resolve(KEY.digest());
    Files.createDirectories(place.getParent());
    Files.move(foreign.folder(), place);
    assertThat(store.find(KEY)).isEmpty();
    assertThat(place).doesNotExist();
  }

  @Test
  void aRecordThatWasChangedOrLacksItsSignatureIsDeleted() throws Exception {
    StoredPlan plan = keep(KEY, 90);
    Path record = plan.folder().resolve(StoredPlan.RECORD);
    Files.writeString(record, Files.readString(record).replace("FP16", "INT8"));
    assertThat(store.find(KEY)).isEmpty();
    assertThat(plan.folder()).doesNotExist();
    Files.delete(keep(KEY, 90).folder().resolve(StoredPlan.SIGNATURE));
    assertThat(store.find(KEY)).isEmpty();
    Files.write(keep(KEY, 90).folder().resolve(StoredPlan.SIGNATURE), new byte[] {(byte) 0xff, 0, 1});
    assertThat(store.find(KEY)).as("bytes that are no text").isEmpty();
  }

  @Test
  void theKeyOfTheDeviceIsItsOwnersAloneAndOneThatIsDamagedMakesPlansOfBeforeStrangers() throws Exception {
    keep(KEY, 90);
    Path secret = temp.resolve("plans/device.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret))).isEqualTo("rw-------");
    Files.write(secret, new byte[5]);
    assertThat(store.find(KEY)).isEmpty();
    assertThat(Files.size(secret)).isEqualTo(32);
    keep(KEY, 90);
    assertThat(store.find(KEY)).isPresent();
  }

  @Test
  void aRefusalIsRememberedWithoutAPlan() throws Exception {
    Path staged = Files.createDirectories(temp.resolve("staged"));
    store.keep(known(KEY, 90, Optional.of("it disagrees")), staged);
    assertThat(store.find(KEY).orElseThrow().known().refusal()).hasValue("it disagrees");
    keep(KEY, 91);
    assertThat(store.find(KEY).orElseThrow().known().refusal()).as("in its place").isEmpty();
  }

  @Test
  void theNewestAreRetainedAndTheLastBuildOfAGpuIsTheEstimate() throws Exception {
    PlanKey other = new PlanKey("36.4.3", "10.3.0", "Orin", "8.7", "cd".repeat(32), Precision.FP16, SHAPE);
    assertThat(store.usualBuildSeconds(KEY)).isEmpty();
    keep(KEY, 90);
    keep(other, 120);
    assertThat(store.usualBuildSeconds(KEY)).hasValue(120);
    assertThat(store.usualBuildSeconds(new PlanKey("36.4.3", "10.3.0", "Orin", "8.7", "ef".repeat(32), Precision.INT8, SHAPE))).isEmpty();
    store.retainNewest(2);
    assertThat(store.find(KEY)).isPresent();
    store.retainNewest(1);
    assertThat(store.find(KEY)).isEmpty();
    assertThat(store.find(other)).isPresent();
  }
}
