package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import io.kerf.config.document.ModbusSettings;
import io.kerf.config.document.ModbusSettings.Follow;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.RecipeChoice;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A PLC as a real Modbus TCP client on loopback. */
class ModbusOutputTest {
  private static final int UNIT = 1;

  private final FakeTriggers triggers = new FakeTriggers();
  private final List<Plc> plcs = new ArrayList<>();
  private int port;
  private ModbusOutput output;

  /** Knows recipe 40 alone. */
  private static final class Recipes implements RecipeChoice {
    private volatile int number = 7;

    @Override
    public String forPart(Optional<String> asked, Optional<String> partId) {
      return inUse();
    }

    @Override
    public String inUse() {
      return "r" + number;
    }

    @Override
    public int numberInUse() {
      return number;
    }

    @Override
    public void useNumber(int wanted, String by) {
      if (wanted != 40) {
        throw new FaultException(Fault.NOT_FOUND, "There is no recipe " + wanted + ".");
      }
      number = wanted;
    }

    @Override
    public void useNamed(String recipe, String by) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Plc {
    private final ModbusTcpClient client;

    Plc() throws Exception {
      client = ModbusTcpClient.create(NettyTcpClientTransport.create(transport -> transport.setHostname("127.0.0.1").setPort(port).setConnectPersistent(false)));
      client.connect();
      plcs.add(this);
    }

    int[] registers() throws Exception {
      ByteBuffer bytes = ByteBuffer.wrap(client.readInputRegisters(UNIT, new ReadInputRegistersRequest(0, Registers.INPUT_REGISTERS)).registers());
      int[] registers = new int[Registers.INPUT_REGISTERS];
      for (int i = 0; i < registers.length; i++) {
        registers[i] = bytes.getShort() & 0xffff;
      }
      return registers;
    }

    boolean is(int signal) {
      try {
        boolean bit = (registers()[Registers.SIGNALS] & 1 << signal) != 0;
        return bit && (client.readDiscreteInputs(UNIT, new ReadDiscreteInputsRequest(0, Registers.SIGNALS_OUT)).inputs()[0] & 1 << signal) != 0;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    void coil(int signal, boolean up) throws Exception {
      client.writeSingleCoil(UNIT, new WriteSingleCoilRequest(signal, up));
    }

    void register(int address, int value) throws Exception {
      client.writeSingleRegister(UNIT, new WriteSingleRegisterRequest(address, value));
    }

    void await(String what, int signal) {
      Awaiting.until(what, () -> is(signal));
    }
  }

  private void start(Optional<String> camera, Duration ackTimeout, Follow follow, int maxClients) throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ModbusSettings settings = new ModbusSettings("127.0.0.1", port, UNIT, maxClients, camera, ackTimeout, follow, null);
    output = new ModbusOutput("plc", settings, triggers, new Recipes(), new Health("plc", Parts.CLOCK), Parts.CLOCK, System::nanoTime).start();
    Awaiting.until("it listens", () -> output.status().condition().state() == State.WORKS);
  }

  private void start() throws Exception {
    start(Optional.of("top"), Duration.ofMinutes(1), Follow.TRIGGERED, 4);
  }

  @AfterEach
  void close() throws Exception {
    for (Plc plc : plcs) {
      plc.client.disconnect();
    }
    output.close();
  }

  @Test
  void aPlcTriggersReadsTheResultAndAcknowledges() throws Exception {
    start();
    Plc plc = new Plc();
    plc.await("ready", Registers.READY);
    plc.client.writeMultipleRegisters(UNIT, new WriteMultipleRegistersRequest(Registers.PART_ID, 2, new byte[] {'S', 'N', '-', '9'}));
    plc.coil(Registers.TRIGGER, true);
    plc.await("busy", Registers.BUSY);
    assertThat(plc.is(Registers.READY)).isFalse();
    assertThat(triggers.cameras).containsExactly("top");
    assertThat(triggers.fired.get(0).partId()).contains("SN-9");
    assertThat(triggers.fired.get(0).by()).isEqualTo("plc");
    triggers.end(0, Parts.judged(Verdict.NG));
    plc.await("result", Registers.RESULT_VALID);
    int[] registers = plc.registers();
    assertThat(registers[Registers.SIGNALS] & 0b111111).isEqualTo(1 << Registers.RESULT_VALID | 1 << Registers.NG);
    assertThat(registers[Registers.SEQUENCE]).isEqualTo(1);
    assertThat(registers[Registers.RECIPE_IN_USE]).isEqualTo(7);
    assertThat(Float.intBitsToFloat(registers[Registers.SCORE] << 16 | registers[Registers.SCORE + 1])).isEqualTo(12.5f);
    assertThat(Float.intBitsToFloat(registers[Registers.P_VALUE] << 16 | registers[Registers.P_VALUE + 1])).isEqualTo(0.125f);
    assertThat(registers[Registers.PART_COUNT + 1]).isEqualTo(1);
    plc.coil(Registers.TRIGGER, false);
    plc.coil(Registers.ACK, true);
    plc.await("ready again", Registers.READY);
    assertThat(plc.is(Registers.RESULT_VALID)).isFalse();
    assertThat(plc.is(Registers.NG)).isFalse();
    assertThat(output.status().delivered()).isEqualTo(1);
  }

  @Test
  void aPlcThatKnowsRegistersAloneDoesTheSameByTheirBits() throws Exception {
    start();
    Plc plc = new Plc();
    plc.register(0, 1 << Registers.TRIGGER);
    plc.await("busy", Registers.BUSY);
    triggers.end(0, Parts.missed());
    plc.await("result", Registers.RESULT_VALID);
    assertThat(plc.is(Registers.ERROR)).isTrue();
    assertThat(plc.registers()[Registers.ERROR_CODE]).isEqualTo(4);
    plc.register(0, 1 << Registers.ACK);
    plc.await("ready again", Registers.READY);
    plc.register(0, 1 << Registers.RESET_ERROR);
    Awaiting.until("the error is reset", () -> errorCode(plc) == 0);
  }

  private static int errorCode(Plc plc) {
    try {
      return plc.registers()[Registers.ERROR_CODE];
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTriggerWhileAPartIsAtHandIsCountedAndTheResultStaysThatOfThePart() throws Exception {
    start();
    Plc plc = new Plc();
    plc.coil(Registers.TRIGGER, true);
    plc.await("busy", Registers.BUSY);
    plc.coil(Registers.TRIGGER, false);
    plc.coil(Registers.TRIGGER, true);
    Awaiting.until("it is told", () -> errorCode(plc) == 1);
    triggers.end(0, Parts.judged(Verdict.OK));
    plc.await("result", Registers.OK);
    assertThat(plc.registers()[Registers.SEQUENCE]).isEqualTo(1);
    assertThat(triggers.fired).hasSize(1);
    assertThat(output.status().condition().words()).contains("while not ready: 1");
  }

  @Test
  void aPlcThatVanishesBeforeItAcknowledgesLeavesAStationThatIsReady() throws Exception {
    start(Optional.of("top"), Duration.ofMillis(200), Follow.TRIGGERED, 4);
    Plc gone = new Plc();
    gone.coil(Registers.TRIGGER, true);
    gone.await("busy", Registers.BUSY);
    gone.client.disconnect();
    triggers.end(0, Parts.judged(Verdict.OK));
    Awaiting.until("it is counted", () -> output.status().condition().words().contains("not acknowledged: 1"));
    Plc next = new Plc();
    next.await("ready", Registers.READY);
    assertThat(next.registers()[Registers.SEQUENCE]).isEqualTo(1);
  }

  @Test
  void theRecipeIsChangedByNumberAndStrobeOrRefused() throws Exception {
    start();
    Plc plc = new Plc();
    plc.register(Registers.RECIPE, 40);
    plc.coil(Registers.RECIPE_STROBE, true);
    Awaiting.until("it is in use", () -> recipe(plc) == 40);
    plc.coil(Registers.RECIPE_STROBE, false);
    plc.register(Registers.RECIPE, 41);
    plc.coil(Registers.RECIPE_STROBE, true);
    Awaiting.until("it is refused", () -> errorCode(plc) == 2);
    assertThat(recipe(plc)).isEqualTo(40);
    plc.await("ready", Registers.READY);
  }

  private static int recipe(Plc plc) {
    try {
      return plc.registers()[Registers.RECIPE_IN_USE];
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void partsThatThePlcDidNotTriggerAreShownOnlyWhereItFollowsAll() throws Exception {
    start(Optional.of("top"), Duration.ofMinutes(1), Follow.ALL, 4);
    Plc plc = new Plc();
    Outcome outcome = Parts.judged(Verdict.OK);
    output.tell(outcome);
    plc.await("result", Registers.OK);
    output.tell(Parts.judged(Verdict.NG));
    plc.await("the next result", Registers.NG);
    assertThat(plc.registers()[Registers.SEQUENCE]).isEqualTo(2);
    assertThat(plc.is(Registers.OK)).isFalse();
  }

  @Test
  void withoutACameraATriggerIsAnErrorNotSilence() throws Exception {
    start(Optional.empty(), Duration.ofMinutes(1), Follow.TRIGGERED, 4);
    Plc plc = new Plc();
    plc.coil(Registers.TRIGGER, true);
    plc.await("error", Registers.ERROR);
    assertThat(output.status().condition().state()).isEqualTo(State.FAILS);
  }

  @Test
  void theHeartbeatBeats() throws Exception {
    start();
    Plc plc = new Plc();
    plc.await("up", Registers.HEARTBEAT);
    Awaiting.until("down", () -> !plc.is(Registers.HEARTBEAT));
  }

  @Test
  void otherUnitsAndClientsBeyondTheLimitAreTurnedAway() throws Exception {
    start(Optional.of("top"), Duration.ofMinutes(1), Follow.TRIGGERED, 1);
    Plc first = new Plc();
    first.await("ready", Registers.READY);
    assertThatThrownBy(() -> first.client.readInputRegistersAsync(UNIT + 1, new ReadInputRegistersRequest(0, 1)).toCompletableFuture().get(500, TimeUnit.MILLISECONDS))
        .as("another unit's question is not answered").isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> new Plc().registers()).isInstanceOf(Exception.class);
    assertThat(first.is(Registers.READY)).isTrue();
  }

  @Test
  void aPortThatIsTakenIsToldAndTriedAgain() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ModbusSettings settings = new ModbusSettings("127.0.0.1", taken.getLocalPort(), UNIT, 1, Optional.empty(), null, null, null);
      output = new ModbusOutput("plc", settings, triggers, new Recipes(), new Health("plc", Parts.CLOCK), Parts.CLOCK, System::nanoTime).start();
      Awaiting.until("it says so", () -> output.status().condition().state() == State.FAILS);
    }
    Awaiting.until("it listens", () -> output.status().condition().state() == State.WORKS);
  }
}
