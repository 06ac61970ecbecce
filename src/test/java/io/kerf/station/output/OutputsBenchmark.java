package io.kerf.station.output;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.kerf.config.document.GpioSettings;
import io.kerf.config.document.ModbusSettings;
import io.kerf.config.document.ModbusSettings.Follow;
import io.kerf.config.document.MqttSettings;
import io.kerf.config.document.OutputsSection;
import io.kerf.config.document.WebhookSettings;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How much later a part's verdict is where it is wanted, and what outputs cost the line: {@code parts} (1500) parts, then {@code rounds} (20) turns of each way.
 * See docs/benchmarks.md.
 */
final class OutputsBenchmark {
  private static final int WARM_UP = 200;
  private static final int PER_ROUND = 100;
  private static final long PACE_MILLIS = 15;

  private final Parts parts;
  private final Mosquitto broker;
  private final int modbusPort;

  private OutputsBenchmark(Path folder) throws Exception {
    parts = new Parts(folder, AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
        .connectionPoolConfiguration(pool -> pool.maxSize(8).connectionFactoryConfiguration(factory -> factory.jdbcUrl(Parts.url(folder))))));
    broker = new Mosquitto(folder, "allow_anonymous true\n").start();
    modbusPort = freePort();
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1500;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    OutputsBenchmark bench = new OutputsBenchmark(Files.createTempDirectory("outputs-benchmark"));
    bench.latencies(count);
    bench.line(rounds);
    System.exit(0);
  }

  private OutputsSection section(boolean dead, int webhookPort) {
    MqttSettings mqtt = new MqttSettings("127.0.0.1", OptionalInt.of(broker.port), null, null, null, null, null, null, null, null);
    ModbusSettings modbus = new ModbusSettings("127.0.0.1", modbusPort, 1, 4, null, null, Follow.ALL, null);
    WebhookSettings webhook = new WebhookSettings("http://127.0.0.1:" + webhookPort + "/", null, null, null, null, null);
    return new OutputsSection(Map.of("plant", mqtt), dead ? Map.of("mes", webhook) : Map.of(), null, Map.of("plc", modbus));
  }

  private Outputs outputs() {
    return Outputs.of(parts.dataSource, parts.store, Parts.JSON, parts.ids::next, new FakeTriggers(), new NoChoice(), Parts.CLOCK, System::nanoTime).start();
  }

  /** From the moment at which the verdict is on record. */
  private void latencies(int count) throws Exception {
    FakeChip chip = new FakeChip();
    GpioSettings lines = new GpioSettings(null, OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(3), OptionalInt.of(4), null, "5ms", Optional.empty());
    GpioOutput gpio = new GpioOutput("lights", lines, chip, new FakeTriggers(), new Health("lights", Parts.CLOCK), Parts.CLOCK, System::nanoTime).start();
    Map<String, Long> heard = new ConcurrentHashMap<>();
    List<Double> edge = new ArrayList<>();
    List<Double> register = new ArrayList<>();
    List<Double> message = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    BlockingQueue<Long> handed = new ArrayBlockingQueue<>(1);
    Thread taking = new Thread(() -> take(handed, bare), "bare");
    taking.setDaemon(true);
    taking.start();
    long[] recordedAt = new long[1];
    try (Outputs outputs = outputs(); Subscriber subscriber = new Subscriber(broker.port, publish -> heard.put(new String(publish.getPayloadAsBytes()), System.nanoTime()))) {
      outputs.reconcile("s", section(false, 0));
      Awaiting.until("all work", () -> outputs.statuses().stream().allMatch(one -> one.condition().state() == State.WORKS)
          && parts.table.cursor("plant").isPresent());
      parts.told = outcome -> {
        handed.add(System.nanoTime());
        recordedAt[0] = System.nanoTime();
        outputs.tell(outcome);
        gpio.tell(outcome);
      };
      ModbusTcpClient plc = ModbusTcpClient.create(NettyTcpClientTransport.create(transport -> transport.setHostname("127.0.0.1").setPort(modbusPort)));
      plc.connect();
      for (int i = 0; i < WARM_UP + count; i++) {
        int before = sequence(plc);
        int sets = chip.sets.size();
        String id = parts.judge(i % 2 == 0 ? Verdict.OK : Verdict.NG);
        while (sequence(plc) == before) {
          Thread.onSpinWait();
        }
        register.add((System.nanoTime() - recordedAt[0]) / 1e6);
        Awaiting.until("the edge", () -> chip.sets.subList(sets, chip.sets.size()).stream().anyMatch(set -> (set.active() & 7) != 0));
        edge.add((chip.sets.subList(sets, chip.sets.size()).stream().filter(set -> (set.active() & 7) != 0).findFirst().orElseThrow().nanos() - recordedAt[0]) / 1e6);
        Awaiting.until("the message", () -> heard.keySet().stream().anyMatch(body -> body.contains(id)));
        message.add((heard.entrySet().stream().filter(one -> one.getKey().contains(id)).findFirst().orElseThrow().getValue() - recordedAt[0]) / 1e6);
        heard.clear();
        TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
      }
      plc.disconnect();
    }
    gpio.close();
    List.of(bare, edge, register, message).forEach(one -> one.subList(0, WARM_UP).clear());
    print("bare hand-over to a thread", bare);
    print("GPIO, edge at the seam", edge);
    print("Modbus, read by a client", register);
    print("MQTT, at a subscriber", message);
  }

  /** What the machine itself takes to wake a thread, beside the others. */
  private static void take(BlockingQueue<Long> handed, List<Double> bare) {
    try {
      while (true) {
        bare.add((-handed.take() + System.nanoTime()) / 1e6);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int sequence(ModbusTcpClient plc) throws Exception {
    return ByteBuffer.wrap(plc.readInputRegisters(1, new ReadInputRegistersRequest(Registers.SEQUENCE, 1)).registers()).getShort() & 0xffff;
  }

  /** The time that recording and telling take the thread that judged, by turns without outputs and with a dead broker, a webhook that takes connections and says nothing, and Modbus. */
  private void line(int rounds) throws Exception {
    broker.kill();
    List<Double> none = new ArrayList<>();
    List<Double> dead = new ArrayList<>();
    try (Outputs outputs = outputs(); ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      outputs.reconcile("s", section(true, silent.getLocalPort()));
      Consumer<Outcome> tell = outputs::tell;
      for (int round = -2; round < 2 * rounds; round++) {
        boolean with = Math.floorMod(round, 2) == 1;
        parts.told = with ? tell : outcome -> {};
        for (int i = 0; i < PER_ROUND; i++) {
          long begun = System.nanoTime();
          parts.judge(Verdict.OK);
          double millis = (System.nanoTime() - begun) / 1e6;
          if (round >= 0) {
            (with ? dead : none).add(millis);
          }
          TimeUnit.MILLISECONDS.sleep(5);
        }
      }
    }
    print("recording, no outputs told", none);
    print("recording, all receivers dead", dead);
  }

  private static void print(String what, List<Double> millis) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(Locale.ROOT, "%-30s %5d  ms: p50 %.2f  p95 %.2f  p99 %.2f  max %.2f%n", what, sorted.length, at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99),
        Arrays.stream(sorted).max().orElse(Double.NaN));
  }

  private static double at(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
