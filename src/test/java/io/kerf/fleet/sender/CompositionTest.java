package io.kerf.fleet.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.FleetFixture;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.simulation.SimulatedStation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompositionTest {
  private static final String HEAD = "fleet: acme\ngroup: press\n";

  @TempDir
  private Path folder;

  private GroupFile group(String yaml) throws IOException {
    return GroupFile.read(Files.writeString(folder.resolve("group.yaml"), HEAD + yaml));
  }

  private Map<String, byte[]> documents(String yaml) throws IOException {
    return Composition.of(group(yaml), document -> List.of());
  }

  @Test
  void variablesKeepTheirKindAndAStationsOwnGoFirst() throws IOException {
    Map<String, byte[]> documents = documents("variables: {exposure: 8, side: left}\ndocument: {exposureMs: '${exposure}', name: 'Press ${station} ${side}', list: ['${side}']}\n"
        + "stations: [{id: line-1}, {id: line-2, variables: {exposure: 9.5}, override: {name: null, extra: {a: true}}}]\n");
    assertThat(documents.keySet()).containsExactly("line-1", "line-2");
    assertThat(new String(documents.get("line-1"), StandardCharsets.UTF_8)).isEqualTo("{\"exposureMs\":8,\"name\":\"Press line-1 left\",\"list\":[\"left\"]}");
    assertThat(new String(documents.get("line-2"), StandardCharsets.UTF_8)).isEqualTo("{\"exposureMs\":9.5,\"list\":[\"left\"],\"extra\":{\"a\":true}}");
  }

  @Test
  void allThatIsWrongWithAllStationsIsToldBeforeAnythingIsSigned() {
    SimulatedStation check = new SimulatedStation(folder, FleetFixture.FIRST, () -> 0, TlsFiles.NONE);
    assertThatThrownBy(() -> Composition.of(group("document: {exposureMs: '${exposure}'}\nstations: [{id: line-1}, {id: line-2, variables: {exposure: -1}}, {id: line-3, variables: {exposure: 8}}]\n"), check::check))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.FLEET_DOCUMENT_INVALID))
        .hasMessageContaining("line-1: document.exposureMs: the variable ${exposure} has no value").hasMessageContaining("line-2: document.exposureMs: must be a number above 0")
        .hasMessageNotContaining("line-3");
  }

  @Test
  void aFileThatIsNotAGroupIsRefusedWithTheReason() {
    for (String yaml : new String[] {"document: {}\nstations: []\n", "document: {}\nstations: [{id: ../x}]\n", "document: {}\nstations: [{id: a}, {id: a}]\n", "stations: [{id: a}]\n",
        "document: {}\nstations: [{id: a}]\ncolour: red\n", "document: {}\ndocument: {}\nstations: [{id: a}]\n", "document: [\n"}) {
      assertThatThrownBy(() -> group(yaml)).as(yaml).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_CONFIGURATION));
    }
  }
}
