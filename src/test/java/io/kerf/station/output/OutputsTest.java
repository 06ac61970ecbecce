package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.config.document.ModbusSettings;
import io.kerf.config.document.OutputsSection;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Condition;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Output;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {
  @TempDir
  Path folder;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<FakeOutput> made = new ArrayList<>();
  private Outputs outputs;

  private final class FakeOutput implements Output {
    private final String name;
    private final List<Outcome> told = new ArrayList<>();

    FakeOutput(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void tell(Outcome outcome) {
      if (name.equals("broken")) {
        throw new IllegalStateException("broken");
      }
      told.add(outcome);
    }

    @Override
    public Status status() {
      return new Status(name, "fake", new Condition(Condition.State.WORKS, "", Instant.EPOCH), told.size(), 0, 0, 0, Optional.empty());
    }

    @Override
    public void close() {
      log.add("-" + name);
    }
  }

  @BeforeEach
  void open() throws Exception {
    Parts parts = new Parts(folder);
    outputs = new Outputs(parts.table, parts.messages, (station, name, settings) -> {
      if (name.equals("unmakable")) {
        throw new IllegalStateException("cannot be made");
      }
      log.add("+" + station + "/" + name);
      made.add(new FakeOutput(name));
      return made.get(made.size() - 1);
    }, Executors.newSingleThreadExecutor());
  }

  @AfterEach
  void close() {
    outputs.close();
  }

  private static OutputsSection wanted(Object... namesAndPorts) {
    Map<String, ModbusSettings> modbus = new LinkedHashMap<>();
    for (int i = 0; i < namesAndPorts.length; i += 2) {
      modbus.put((String) namesAndPorts[i], new ModbusSettings(null, (Integer) namesAndPorts[i + 1], null, null, null, null, null, null));
    }
    return new OutputsSection(null, null, null, modbus);
  }

  @Test
  void theDocumentIsFollowedAndWhatDidNotChangeGoesOn() {
    outputs.reconcile("s", wanted("a", 1, "b", 2));
    outputs.reconcile("s", wanted("a", 1, "b", 3, "c", 4));
    outputs.reconcile("s", wanted("c", 4));
    assertThat(log.subList(0, 5)).containsExactly("+s/a", "+s/b", "-b", "+s/b", "+s/c");
    assertThat(log.subList(5, 7)).containsExactlyInAnyOrder("-a", "-b");
    assertThat(outputs.statuses()).extracting(Output.Status::name).containsExactly("c");
  }

  @Test
  void anOutputThatCannotBeMadeOrFailsCostsTheOthersNothing() {
    outputs.reconcile("s", wanted("unmakable", 1, "broken", 2, "good", 3));
    assertThatCode(() -> outputs.tell(Parts.judged(Verdict.NG))).doesNotThrowAnyException();
    assertThat(made.get(1).told).hasSize(1);
  }

  @Test
  void aStationThatIsCalledAnotherNameTellsUnderThatName() {
    outputs.reconcile("s", wanted("a", 1));
    outputs.reconcile("t", wanted("a", 1));
    assertThat(log).containsExactly("+s/a", "-a", "+t/a");
  }

  @Test
  void onlyAnOutputThatMovesNothingCanBeTried() {
    outputs.reconcile("s", wanted("plc", 1));
    assertThatThrownBy(() -> outputs.test("plc")).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.OUTPUT_UNTESTABLE));
    assertThatThrownBy(() -> outputs.test("nobody")).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NOT_FOUND));
  }
}
