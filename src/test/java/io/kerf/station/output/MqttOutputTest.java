package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.kerf.config.document.MqttSettings;
import io.kerf.config.document.OutboxSettings;
import io.kerf.config.document.OutputsSection;
import io.kerf.config.document.SecretSettings;
import io.kerf.config.document.TlsSettings;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Output.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real mosquitto. */
class MqttOutputTest {
  private static final String VERDICTS = "kerf/press-4/verdicts";
  private static final String STATUS = "kerf/press-4/status";

  @TempDir
  Path folder;

  private final FakeTriggers triggers = new FakeTriggers();
  private Parts parts;
  private Outputs outputs;
  private Mosquitto broker;

  @BeforeEach
  void open() throws Exception {
    parts = new Parts(folder);
    outputs = Outputs.of(parts.dataSource, parts.store, Parts.JSON, parts.ids::next, triggers, new NoChoice(), Parts.CLOCK, System::nanoTime).start();
    parts.told = outputs::tell;
    broker = new Mosquitto(folder, "allow_anonymous true\n").start();
  }

  @AfterEach
  void close() throws Exception {
    outputs.close();
    if (broker != null) {
      broker.close();
    }
  }

  private MqttSettings settings(boolean commands, Optional<TlsSettings> tls, Optional<String> user, Optional<SecretSettings> password) {
    return new MqttSettings("127.0.0.1", OptionalInt.of(broker.port), null, null, tls, user, password, commands, null, new OutboxSettings(null, 10_000, Duration.ZERO));
  }

  private void connect(MqttSettings settings) {
    outputs.reconcile("press-4", new OutputsSection(Map.of("plant", settings), null, null, null));
    Awaiting.until("it is connected", () -> status().condition().state() == State.WORKS && parts.table.cursor("plant").isPresent());
  }

  private void connect() {
    connect(settings(true, null, null, null));
  }

  private Status status() {
    return outputs.statuses().get(0);
  }

  private static JsonNode json(String text) throws IOException {
    return Parts.JSON.readTree(text);
  }

  @Test
  void verdictsArePublishedInOrderAndTheStatusIsRetained() throws Exception {
    connect();
    try (Subscriber subscriber = new Subscriber(broker.port)) {
      Awaiting.until("the status is heard", () -> subscriber.on(STATUS).contains("{\"status\":\"online\"}"));
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        ids.add(parts.judge(Verdict.values()[i % 3]));
      }
      Awaiting.until("all are heard", () -> subscriber.on(VERDICTS).size() == 100);
      assertThat(subscriber.ids(VERDICTS)).isEqualTo(ids);
      JsonNode third = json(subscriber.on(VERDICTS).get(2));
      assertThat(third.path("verdict").asText()).isEqualTo("UNJUDGED");
      assertThat(third.path("reason").path("code").asText()).isEqualTo("too-dark");
      outputs.test("plant");
      Awaiting.until("the test is heard", () -> subscriber.on(VERDICTS).size() == 101);
      assertThat(json(subscriber.on(VERDICTS).get(100)).path("test").asBoolean()).isTrue();
    }
  }

  @Test
  void aBrokerThatIsKilledAndComesBackGetsEachThatCameMeanwhileInOrder() throws Exception {
    connect();
    String before = parts.judge(Verdict.OK);
    Awaiting.until("it is delivered", () -> status().delivered() == 1);
    broker.kill();
    Awaiting.until("it is seen to be away", () -> status().condition().state() == State.FAILS);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ids.add(parts.judge(Verdict.OK));
    }
    List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
    broker.start();
    try (Subscriber subscriber = new Subscriber(broker.port)) {
      Awaiting.until("nothing waits", () -> status().waiting() == 0 && subscriber.on(VERDICTS).size() >= 50);
      heard.addAll(subscriber.ids(VERDICTS));
    }
    assertThat(new ArrayList<>(new LinkedHashSet<>(heard))).isEqualTo(ids).doesNotContain(before);
    assertThat(status().lost()).isZero();
  }

  @Test
  void anOutputThatWasRemovedWhileItsBrokerWasAwayDoesNotComeBack() throws Exception {
    connect();
    broker.kill();
    Awaiting.until("it is seen to be away", () -> status().condition().state() == State.FAILS);
    outputs.reconcile("press-4", OutputsSection.DEFAULT);
    broker.start();
    try (Subscriber subscriber = new Subscriber(broker.port)) {
      MqttSettings other = new MqttSettings("127.0.0.1", OptionalInt.of(broker.port), Optional.of("other"), null, null, null, null, null, null, null);
      outputs.reconcile("press-4", new OutputsSection(Map.of("another", other), null, null, null));
      Awaiting.until("another is connected", () -> subscriber.on("other/status").size() == 1);
      assertThat(subscriber.on(STATUS)).doesNotContain("{\"status\":\"online\"}");
    }
  }

  @Test
  void whoeverTriggersIsAnsweredWhereItAsksToBe() throws Exception {
    connect();
    try (Subscriber subscriber = new Subscriber(broker.port)) {
      ask(subscriber, "trigger", "{\"camera\": \"top\", \"partId\": \"SN-7\", \"lot\": \"L1\"}");
      Awaiting.until("the camera is asked", () -> triggers.fired.size() == 1);
      assertThat(triggers.cameras).containsExactly("top");
      assertThat(triggers.fired.get(0).partId()).contains("SN-7");
      assertThat(triggers.fired.get(0).lot()).contains("L1");
      triggers.end(0, Parts.judged(Verdict.NG));
      Awaiting.until("it is answered", () -> subscriber.on("mes/answers").size() == 1);
      assertThat(json(subscriber.on("mes/answers").get(0)).path("verdict").asText()).isEqualTo("NG");
      Mqtt5Publish answer = subscriber.heard.stream().filter(publish -> publish.getTopic().toString().equals("mes/answers")).findFirst().orElseThrow();
      assertThat(StandardCharsets.UTF_8.decode(answer.getCorrelationData().orElseThrow()).toString()).isEqualTo("q1");
    }
  }

  @Test
  void commandsThatMakeNoSenseAreRefusedAndMoveNothing() throws Exception {
    connect();
    try (Subscriber subscriber = new Subscriber(broker.port)) {
      List<String> bad = List.of("", "no json", "[]", "{}", "{\"camera\": 1, \"partId\": \"" + "x".repeat(129) + "\"}", "{\"camera\": {}}");
      for (String one : bad) {
        ask(subscriber, "trigger", one);
      }
      ask(subscriber, "recipe", "99");
      ask(subscriber, "recipe", "nobody");
      Awaiting.until("all are answered", () -> subscriber.on("mes/answers").size() == bad.size() + 2);
      assertThat(subscriber.on("mes/answers")).allSatisfy(answer -> assertThat(json(answer).path("code").asText()).isIn("bad-field", "not-found"));
      assertThat(triggers.fired).isEmpty();
    }
  }

  @Test
  void moreCommandsThanAreBearableAreRefusedAtOnce() throws Exception {
    connect();
    try (Subscriber subscriber = new Subscriber(broker.port)) {
      for (int i = 0; i < MqttCommands.MOST_AT_ONCE + 5; i++) {
        ask(subscriber, "trigger", "{\"camera\": \"top\"}");
      }
      Awaiting.until("five are refused", () -> subscriber.on("mes/answers").size() == 5);
      assertThat(triggers.fired).hasSize(MqttCommands.MOST_AT_ONCE);
    }
  }

  @Test
  void aCommandThatIsRetainedWasMeantForAPartOfLongAgo() throws Exception {
    try (Subscriber subscriber = new Subscriber(broker.port)) {
      subscriber.client.publish(Mqtt5Publish.builder().topic("kerf/press-4/trigger").payload("{\"camera\": \"top\"}".getBytes()).retain(true).build()).join();
      connect();
      ask(subscriber, "trigger", "{\"camera\": \"side\"}");
      Awaiting.until("the new one is obeyed", () -> !triggers.cameras.isEmpty());
      assertThat(triggers.cameras).containsExactly("side");
    }
  }

  @Test
  void withoutCommandsNobodyIsListenedTo() throws Exception {
    connect(settings(false, null, null, null));
    try (Subscriber subscriber = new Subscriber(broker.port)) {
      ask(subscriber, "trigger", "{\"camera\": \"top\"}");
      parts.judge(Verdict.OK);
      Awaiting.until("a verdict is heard", () -> subscriber.on(VERDICTS).size() == 1);
      assertThat(triggers.fired).isEmpty();
    }
  }

  private static void ask(Subscriber subscriber, String topic, String body) {
    subscriber.client.publish(Mqtt5Publish.builder().topic("kerf/press-4/" + topic).payload(body.getBytes(StandardCharsets.UTF_8)).responseTopic("mes/answers")
        .correlationData("q1".getBytes(StandardCharsets.UTF_8)).build()).join();
  }

  @Test
  void aStationThatStopsSaysSo() throws Exception {
    connect();
    try (Subscriber subscriber = new Subscriber(broker.port)) {
      outputs.close();
      Awaiting.until("it is offline", () -> subscriber.on(STATUS).contains("{\"status\":\"offline\"}"));
    }
  }

  @Test
  void aBrokerWithTlsAndCertificatesIsReachedWithThemAndNotWithoutThem() throws Exception {
    broker.close();
    certificates();
    Files.writeString(folder.resolve("acl"), "user press-4\ntopic readwrite #\n");
    broker = new Mosquitto(folder, "cafile " + folder.resolve("ca.pem") + "\ncertfile " + folder.resolve("broker.pem") + "\nkeyfile " + folder.resolve("broker.key")
        + "\nrequire_certificate true\nuse_identity_as_username true\nacl_file " + folder.resolve("acl") + "\n").start();
    Optional<String> ca = Optional.of(folder.resolve("ca.pem").toString());
    outputs.reconcile("press-4", new OutputsSection(Map.of("plant", settings(false, Optional.of(new TlsSettings(ca, null, null)), null, null)), null, null, null));
    Awaiting.until("it is refused", () -> status().condition().state() == State.FAILS);
    connect(settings(false, Optional.of(new TlsSettings(ca, Optional.of(folder.resolve("station.pem").toString()), Optional.of(folder.resolve("station.key").toString()))), null,
        null));
    parts.judge(Verdict.OK);
    Awaiting.until("it is delivered", () -> status().delivered() == 1);
  }

  private void certificates() throws Exception {
    shell("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=ca");
    printExtension();
    for (String one : List.of("broker", "station")) {
      shell("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " + one + ".key -out " + one + ".csr -subj /CN=" + (one.equals("station") ? "press-4" : one));
      shell("openssl x509 -req -in " + one + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -out " + one + ".pem -days 2 -extfile san");
    }
  }

  private void printExtension() throws IOException {
    Files.writeString(folder.resolve("san"), "subjectAltName=IP:127.0.0.1\n");
  }

  private void shell(String command) throws Exception {
    Process process = new ProcessBuilder(command.split(" ")).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void aBrokerWithAPasswordIsReachedWithIt() throws Exception {
    broker.close();
    Files.writeString(folder.resolve("users"), "station:tell-nobody\n");
    shell("mosquitto_passwd -U users");
    broker = new Mosquitto(folder, "allow_anonymous false\npassword_file " + folder.resolve("users") + "\n").start();
    Files.writeString(folder.resolve("password"), "wrong\n");
    MqttSettings settings = settings(false, null, Optional.of("station"), Optional.of(new SecretSettings(Optional.of(folder.resolve("password").toString()), null)));
    outputs.reconcile("press-4", new OutputsSection(Map.of("plant", settings), null, null, null));
    Awaiting.until("it is refused", () -> status().condition().state() == State.FAILS);
    assertThat(status().condition().words()).doesNotContain("wrong\n");
    outputs.reconcile("press-4", OutputsSection.DEFAULT);
    Files.writeString(folder.resolve("password"), "tell-nobody\n");
    connect(settings);
  }
}
