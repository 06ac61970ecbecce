package io.kerf.people.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.people.tls.StationTls.Choice;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationTlsTest {
  @TempDir
  private Path data;

  private Choice.With prepared(Optional<PemPair> plants) {
    return (Choice.With) new StationTls(true, data, plants).prepare();
  }

  private PemPair plants() throws IOException {
    Path folder = Files.createDirectories(data.resolve("plant"));
    PemPair pair = new PemPair(folder.resolve("station.pem"), folder.resolve("station.key"));
    SelfSigned.write(pair, "press4.plant.example", Set.of(InetAddress.getByName("10.1.2.3")));
    return pair;
  }

  @Test
  void theFirstStartMakesOneThatLaterStartsKeep() throws Exception {
    Choice.With first = prepared(Optional.empty());
    assertThat(first.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(prepared(Optional.empty())).isEqualTo(first);
    assertThat(first.problem()).isEmpty();
    X509Certificate certificate = first.files().checked();
    certificate.verify(certificate.getPublicKey());
    assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().getCurve().getField().getFieldSize()).isEqualTo(256);
    certificate.checkValidity(Date.from(Instant.parse("2001-01-01T00:00:00Z")));
    certificate.checkValidity(Date.from(Instant.parse("2099-01-01T00:00:00Z")));
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    assertThat(names).extracting(name -> String.valueOf(name.get(1))).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void nobodyElseOnTheMachineReadsTheKey() throws IOException {
    prepared(Optional.empty());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("tls/key.pem")))).isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("tls")))).isEqualTo("rwx------");
  }

  @Test
  void oneThatIsDamagedOrHalfWrittenIsMadeAnew() throws IOException {
    String first = prepared(Optional.empty()).fingerprint();
    Files.delete(data.resolve("tls/certificate.pem"));
    String second = prepared(Optional.empty()).fingerprint();
    assertThat(second).isNotEqualTo(first);
    Files.writeString(data.resolve("tls/key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThat(prepared(Optional.empty()).fingerprint()).isNotEqualTo(second);
  }

  @Test
  void thePlantsIsUsedAndNoneIsMade() throws IOException {
    PemPair plants = plants();
    assertThat(prepared(Optional.of(plants)).files()).isEqualTo(plants);
    assertThat(data.resolve("tls")).doesNotExist();
  }

  @Test
  void aCertificateOfThePlantThatCannotBeUsedGivesWayToTheStationsOwn() throws IOException {
    PemPair plants = plants();
    PemPair others = new PemPair(plants.certificate(), data.resolve("plant/other.key"));
    SelfSigned.write(new PemPair(data.resolve("plant/other.pem"), others.key()), "other", Set.of());
    for (PemPair wrong : new PemPair[] {others, new PemPair(data.resolve("missing.pem"), plants.key()), new PemPair(plants.key(), plants.certificate())}) {
      Choice.With used = prepared(Optional.of(wrong));
      assertThat(used.files().certificate()).isEqualTo(data.resolve("tls/certificate.pem"));
      assertThat(used.problem().orElseThrow()).contains("kerf.tls.certificate").contains("The station's own is used");
    }
  }

  @Test
  void withoutRoomForOneTheStationServesWithoutAndSaysSo() throws IOException {
    Files.writeString(data.resolve("tls"), "a file in its place");
    Choice.Without without = (Choice.Without) new StationTls(true, data, Optional.empty()).prepare();
    assertThat(without.problem().orElseThrow()).contains("could not be made");
  }

  @Test
  void switchedOffItMakesAndSaysNothing() {
    assertThat(new StationTls(false, data, Optional.empty()).prepare()).isEqualTo(new Choice.Without(Optional.empty()));
    assertThat(data.resolve("tls")).doesNotExist();
  }
}
