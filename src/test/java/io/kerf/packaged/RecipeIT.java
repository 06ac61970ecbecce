package io.kerf.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.packaged.PackagedApplication.Ended;
import io.kerf.packaged.PackagedApplication.Station;
import io.kerf.training.SyntheticParts;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged station with two products: changes between them while parts come, and a product that moves as one file. */
class RecipeIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SETTINGS = Map.of("KERF_DEMO_ENABLED", "false", "KERF_LEARN_ENABLED", "false", "KERF_COLLECT_ENABLED", "false", "KERF_ENGINE_LOADED", "2",
      "KERF_INSPECTIONS_PATIENCE", "60s");
  private static final String DOCUMENT = "schema: 1\nrecipes:\n  a: {number: 1, part-ids: \"A-.*\"}\n  b: {number: 2, part-ids: \"B-.*\", false-rejects: 0.3}\n";
  private static final int CHANGES = 30;

  @TempDir
  private static Path folder;
  private static byte[] part;

  @BeforeAll
  static void train() throws Exception {
    SyntheticParts.good(folder.resolve("good"), 60, 1);
    part = Files.readAllBytes(folder.resolve("good/000.png"));
    Files.writeString(folder.resolve("station.yaml"), DOCUMENT);
    assertThat(PackagedApplication.run(folder, "config", "apply", "station.yaml").exit()).isZero();
    for (String recipe : new String[] {"a", "b"}) {
      Ended trained = PackagedApplication.run(folder, "train", "good", "--size", "64", "--encoder-only", "random", "--alpha", "10%", "--seed",
          recipe.equals("a") ? "1" : "2", "--recipe", recipe);
      assertThat(trained.exit()).as(trained.err()).isZero();
    }
  }

  private static JsonNode judge(Station station, String query) throws Exception {
    HttpResponse<String> answer = station.post("/api/inspections" + query, "image/png", part);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JSON.readTree(answer.body());
  }

  private static JsonNode use(Station station, String recipe) throws Exception {
    HttpResponse<String> answer = station.post("/api/recipes/" + recipe + "/use", "application/json", "{\"by\": \"Ann\"}".getBytes());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static int remove(Station station, String recipe) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(station.uri("/api/recipes/" + recipe + "?by=Ann")).timeout(Duration.ofMinutes(1)).DELETE().build();
    return PackagedApplication.HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static Map<String, String> models(Station station) throws Exception {
    Map<String, String> models = new HashMap<>();
    JSON.readTree(station.get("/api/recipes").body()).forEach(recipe -> models.put(recipe.path("name").asText(), recipe.path("model").asText()));
    return models;
  }

  @Test
  void everyVerdictIsOfTheModelOfTheRecipeItNamesWhileRecipesChangeAndNoneIsLost() throws Exception {
    try (Station station = Station.start(folder.resolve("data"), SETTINGS)) {
      Map<String, String> models = models(station);
      assertThat(models.get("a")).isNotEqualTo(models.get("b")).hasSize(64);
      AtomicBoolean done = new AtomicBoolean();
      ExecutorService senders = Executors.newFixedThreadPool(3);
      List<Future<List<JsonNode>>> sent = new ArrayList<>();
      for (String query : List.of("", "", "?partId=A-1")) {
        sent.add(senders.submit(() -> {
          List<JsonNode> answers = new ArrayList<>();
          while (!done.get()) {
            answers.add(judge(station, query));
          }
          return answers;
        }));
      }
      for (int change = 0; change < CHANGES; change++) {
        String next = change % 2 == 0 ? "b" : "a";
        assertThat(use(station, next).path("inUse").asText()).isEqualTo(next);
        assertThat(judge(station, "").path("recipe").asText()).as("from the next part on").isEqualTo(next);
      }
      done.set(true);
      List<JsonNode> answers = new ArrayList<>();
      for (Future<List<JsonNode>> one : sent) {
        answers.addAll(one.get(1, TimeUnit.MINUTES));
      }
      senders.shutdown();
      assertThat(answers).hasSizeGreaterThan(CHANGES).allSatisfy(answer -> {
        assertThat(answer.path("verdict").asText()).as(answer.toString()).isNotEqualTo("UNJUDGED");
        assertThat(answer.path("bundle").asText()).isEqualTo(models.get(answer.path("recipe").asText()));
      });
      assertThat(answers.stream().map(answer -> answer.path("recipe").asText())).contains("a", "b");
      for (JsonNode answer : List.of(answers.get(0), answers.get(answers.size() / 2), answers.get(answers.size() - 1))) {
        assertThat(JSON.readTree(station.get("/api/inspections/" + answer.path("id").asText()).body()).path("bundle")).isEqualTo(answer.path("bundle"));
      }
      JsonNode counts = JSON.readTree(station.get("/api/station").body()).path("counts").path("sinceStart");
      assertThat(counts.path("ok").asInt() + counts.path("ng").asInt()).as("with one after each change").isEqualTo(answers.size() + CHANGES);
      assertThat(station.log()).doesNotContain("Exception");
    }
  }

  /** What the document says of false rejects is not what the model was trained for. */
  @Test
  void aRecipeMovesAsOneFileAndTheDocumentsBudgetHolds() throws Exception {
    try (Station station = Station.start(folder.resolve("data"), SETTINGS)) {
      double demanded = judge(station, "?partId=B-7").path("threshold").asDouble();
      Path file = folder.resolve("b.zip");
      HttpResponse<Path> exported = PackagedApplication.HTTP.send(HttpRequest.newBuilder(station.uri("/api/recipes/b/export")).timeout(Duration.ofMinutes(2)).build(),
          HttpResponse.BodyHandlers.ofFile(file));
      assertThat(exported.statusCode()).isEqualTo(200);
      HttpResponse<String> imported = PackagedApplication.HTTP.send(HttpRequest.newBuilder(station.uri("/api/recipes/import?by=Ann&name=c")).timeout(Duration.ofMinutes(2))
          .header("Content-Type", "application/zip").POST(HttpRequest.BodyPublishers.ofFile(file)).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(imported.statusCode()).as(imported.body()).isEqualTo(201);
      JsonNode made = JSON.readTree(imported.body());
      assertThat(made.path("normals").asInt()).isEqualTo(60);
      assertThat(made.path("section").asText()).contains("recipes:\n  c:\n").contains("false-rejects: 0.3");

      assertThat(PackagedApplication.run(folder, "recipe", "use", "c").exit()).isZero();
      JsonNode judged = judge(station, "");
      for (int i = 0; i < 100 && !judged.path("recipe").asText().equals("c"); i++) {
        TimeUnit.MILLISECONDS.sleep(100);
        judged = judge(station, "");
      }
      assertThat(judged.path("recipe").asText()).as("by command, followed").isEqualTo("c");
      assertThat(judged.path("bundle").asText()).isEqualTo(models(station).get("b"));
      assertThat(judged.path("threshold").asDouble()).as("the document says nothing of c").isGreaterThan(demanded);

      assertThat(remove(station, "c")).as("in use").isEqualTo(409);
      use(station, "a");
      assertThat(remove(station, "c")).isEqualTo(204);
      assertThat(models(station)).containsOnlyKeys("a", "b");
      assertThat(judge(station, "?recipe=c").path("reason").path("code").asText()).isEqualTo("no-model");
      assertThat(station.log()).doesNotContain("Exception");
    }
  }
}
