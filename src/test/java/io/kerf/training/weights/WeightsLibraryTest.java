package io.kerf.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.encoder.ResNet18Weights;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Sha256;
import io.kerf.storage.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsLibraryTest {
  private static byte[] whole;
  private static String digest;
  private static WeightsServer server;

  @TempDir
  private Path temp;

  @BeforeAll
  static void serve() throws IOException {
    whole = Safetensors.write(ResNet18Weights.withClassifier(), Map.of("format", "pt"));
    digest = Sha256.of(whole);
    server = new WeightsServer(whole);
  }

  @AfterAll
  static void stop() {
    server.close();
    whole = null;
  }

  private Path folder() {
    return temp.resolve("data/weights");
  }

  private WeightsLibrary library() {
    return new WeightsLibrary(folder());
  }

  private WeightsLibrary.Added add(String source, String sha256) {
    return library().add(source, sha256, Optional.empty(), progress -> {});
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(temp.resolve(name), bytes);
  }

  @Test
  void aFileIsStoredUnderItsNameAndListed() throws IOException {
    Path source = file("ResNet18-f37072fd.safetensors", whole);
    WeightsLibrary.Added added = add(source.toString(), " " + digest.toUpperCase() + "\n");
    Path stored = folder().resolve("resnet18-f37072fd.safetensors");
    assertThat(added).isEqualTo(new WeightsLibrary.Added(new WeightsLibrary.Stored("resnet18-f37072fd", stored, whole.length, digest), false));
    assertThat(Files.mismatch(stored, source)).isEqualTo(-1);
    assertThat(library().list()).containsExactly(added.weights());
    assertThat(folder().toFile().list()).containsExactly("resnet18-f37072fd.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whole/resnet18.safetensors?token=secret", "/unannounced/resnet18.safetensors", "/moved/resnet18.safetensors"})
  void anAddressIsStoredUnderTheNameInIt(String path) throws IOException {
    List<WeightsLibrary.Progress> told = new ArrayList<>();
    WeightsLibrary.Added added = library().add(server.address(path), digest, Optional.empty(), told::add);
    assertThat(added.weights().file()).isEqualTo(folder().resolve("resnet18.safetensors"));
    assertThat(Sha256.of(added.weights().file())).isEqualTo(digest);
    assertThat(told.get(told.size() - 1).bytes()).isEqualTo(whole.length);
    assertThat(told.get(0).totalBytes().isPresent()).isEqualTo(!path.startsWith("/unannounced"));
  }

  @Test
  void theSameAgainIsWellAndIsNotFetchedAgain() throws IOException {
    Path source = file("one.safetensors", whole);
    WeightsLibrary.Stored first = add(source.toString(), digest).weights();
    Files.delete(source);
    assertThat(add(source.toString(), digest)).isEqualTo(new WeightsLibrary.Added(first, true));
  }

  @Test
  void otherWeightsUnderTheSameNameAreRefused() throws IOException {
    add(file("one.safetensors", whole).toString(), digest);
    String other = "0".repeat(64);
    assertThatThrownBy(() -> add(temp.resolve("one.safetensors").toString(), other)).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.WEIGHTS_NAME_TAKEN);
      assertThat(e.detail()).contains(other, digest, "--name");
    });
    assertThat(Sha256.of(folder().resolve("one.safetensors"))).isEqualTo(digest);
  }

  @Test
  void anotherDigestThanWantedIsNamedBesideTheOneFound() {
    String wanted = "ab".repeat(32);
    assertRefused(server.address("/whole/a.safetensors?token=secret"), wanted, Fault.WEIGHTS_DIGEST_MISMATCH, wanted, digest, "/whole/a.safetensors");
  }

  @Test
  void aServerThatDoesNotGiveItWholeIsNamed() {
    assertRefused(server.address("/nowhere/a.safetensors?token=secret"), digest, Fault.WEIGHTS_UNREACHABLE, "answered 404", "/nowhere/a.safetensors");
    assertRefused(server.address("/elsewhere/a.safetensors"), digest, Fault.WEIGHTS_UNREACHABLE, "answered 302, a redirect that is not followed");
    assertRefused(server.address("/breaking-off/a.safetensors"), digest, Fault.WEIGHTS_UNREACHABLE, "could not be fetched");
    assertRefused("http://127.0.0.1:1/a.safetensors", digest, Fault.WEIGHTS_UNREACHABLE, "no connection to that host");
  }

  @Test
  void aServerThatFallsSilentIsNotWaitedForForEver() {
    WeightsLibrary impatient = new WeightsLibrary(folder(), WeightsLibrary.MAX_BYTES, Duration.ofSeconds(1));
    assertRefused(impatient, server.address("/falling-silent/a.safetensors"), digest, Fault.WEIGHTS_UNREACHABLE, "no byte came for 1 s");
  }

  @Test
  void whatIsTooLargeIsRefusedAnnouncedOrNot() throws IOException {
    WeightsLibrary small = new WeightsLibrary(folder(), whole.length - 1, Duration.ofSeconds(10));
    assertRefused(small, server.address("/whole/a.safetensors"), digest, Fault.WEIGHTS_INVALID, "more than the " + (whole.length - 1) + " bytes");
    assertRefused(small, server.address("/unannounced/a.safetensors"), digest, Fault.WEIGHTS_INVALID, "more than the");
    assertRefused(small, file("a.safetensors", whole).toString(), digest, Fault.WEIGHTS_INVALID, "more than the");
  }

  @Test
  void whatIsNoResNet18IsRefusedThoughItsDigestIsRight() throws IOException {
    byte[] page = "<html>Please log in to download resnet18.safetensors</html>".getBytes();
    Path noWeights = file("page.safetensors", page);
    assertRefused(noWeights.toString(), Sha256.of(page), Fault.WEIGHTS_INVALID, noWeights + " is not a readable safetensors file");
    Map<String, Tensor> tensors = ResNet18Weights.withClassifier();
    tensors.remove("layer4.1.bn2.running_mean");
    byte[] lacking = Safetensors.write(tensors, Map.of());
    assertRefused(file("lacking.safetensors", lacking).toString(), Sha256.of(lacking), Fault.WEIGHTS_INVALID, "layer4.1.bn2.running_mean is missing");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    assertRefused(temp.resolve("none.safetensors").toString(), digest, Fault.WEIGHTS_UNREACHABLE, "none.safetensors", "there is no such file");
    assertRefused(temp.toString(), digest, Fault.WEIGHTS_UNREACHABLE, temp.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../up", "a/b", "a\\b", "/tmp/a", ".hidden", "-a", "A", "a b", "ä", "a\n", ".safetensors", "a\0"})
  void aNameThatCouldLeadElsewhereIsRefused(String name) throws IOException {
    Path source = file("one.safetensors", new byte[1]);
    assertThatThrownBy(() -> library().add(source.toString(), digest, Optional.of(name), progress -> {}))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_FIELD)).hasMessageContaining("--name");
    assertThat(temp.toFile().list()).containsExactly("one.safetensors");
  }

  @Test
  void anAddressWithoutAUsableNameAsksForOne() {
    assertRefused(server.address("/whole/"), digest, Fault.BAD_FIELD, "--name");
    assertRefused(server.address("/whole/..%2f..%2fx.safetensors"), digest, Fault.BAD_FIELD, "--name");
    assertThat(library().add(server.address("/whole/"), digest, Optional.of("mine.v1.safetensors"), progress -> {}).weights().name()).isEqualTo("mine.v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/a.safetensors", "file:///a.safetensors", "http:///a.safetensors",
      "http://me:pass@127.0.0.1/a", "http://a b/c", "a\0b"})
  void whatIsNoSourceIsRefused(String source) {
    assertRefused(source, digest, Fault.BAD_FIELD, "eights");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "f37072fd", "g123456789012345678901234567890123456789012345678901234567890123"})
  void whatIsNoDigestIsRefused(String sha256) {
    assertRefused("a.safetensors", sha256, Fault.BAD_FIELD, "64 hexadecimal digits");
  }

  private void assertRefused(String source, String sha256, Fault fault, String... words) {
    assertRefused(library(), source, sha256, fault, words);
  }

  private void assertRefused(WeightsLibrary library, String source, String sha256, Fault fault, String... words) {
    assertThatThrownBy(() -> library.add(source, sha256, Optional.empty(), progress -> {})).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(fault);
      assertThat(e.detail()).contains(words).doesNotContain("Exception", "secret", "pass@", "null");
    });
    String[] left = folder().toFile().list();
    assertThat(left == null ? new String[0] : left).isEmpty();
  }
}
