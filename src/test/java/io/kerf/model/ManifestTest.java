package io.kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.encoder.EncoderOutput;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Preprocessing;
import io.kerf.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  @TempDir
  private Path models;

  private static Manifest manifest() {
    Manifest.Provenance provenance = new Manifest.Provenance("CutPaste natural, 412 steps", "natural, locate, crops of 96 px", 412, 61.5, 1, 2, 60, 20,
        Optional.of("weights.safetensors"), List.of("Scores by thumbnail."), Optional.empty(), "kerf 1");
    return new Manifest(Manifest.FORMAT, Instant.parse("2026-03-04T05:06:07Z"), "disc", Preprocessing.ofSize(256), List.of("statistics", "local", "dense"),
        Manifest.Tiling.DEFAULT, "thumbnail + dense-top", provenance, List.of());
  }

  @Test
  void isWrittenAndReadBackEqual() throws Exception {
    byte[] json = BundleStore.JSON.writeValueAsBytes(manifest());
    assertThat(BundleStore.JSON.readValue(json, Manifest.class)).isEqualTo(manifest());
    assertThat(manifest().encoderOutputs()).containsExactlyInAnyOrder(EncoderOutput.STATISTICS, EncoderOutput.LOCAL, EncoderOutput.DENSE);
  }

  /** The digest is right, so nothing is damaged: it is the version that does not fit. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void ofAnotherFormatIsRefusedAsSuch(int format) throws Exception {
    byte[] json = new String(BundleStore.JSON.writeValueAsBytes(manifest()), StandardCharsets.UTF_8).replace("\"format\" : 2", "\"format\" : " + format)
        .getBytes(StandardCharsets.UTF_8);
    String digest = Sha256.of(json);
    Files.write(Files.createDirectories(models.resolve(digest)).resolve(Manifest.FILE), json);
    BundleStore store = new BundleStore(models);
    assertThatThrownBy(() -> store.load(digest)).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUNDLE_UNSUPPORTED))
        .hasMessageContaining("format " + format + ", this version reads 2");
    assertThatThrownBy(() -> store.activate(digest, new Change("test", ""), Instant.EPOCH)).isInstanceOf(FaultException.class);
    assertThat(store.active()).isEmpty();
    assertThat(store.list()).isEmpty();
  }

  @Test
  void ofTheFormatBeforeRectanglesIsRefusedAsSuchAlthoughItsFieldsAreOthers() throws Exception {
    byte[] json = "{\"format\":1,\"recipe\":\"disc\",\"preprocessing\":{\"sizePx\":256,\"fit\":\"SQUASH\"},\"outputs\":[{\"name\":\"embedding\"}],\"files\":[]}"
        .getBytes(StandardCharsets.UTF_8);
    String digest = Sha256.of(json);
    Files.write(Files.createDirectories(models.resolve(digest)).resolve(Manifest.FILE), json);
    assertThatThrownBy(() -> BundleStore.read(models.resolve(digest)))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault().code()).isEqualTo("bundle-unsupported"));
  }
}
