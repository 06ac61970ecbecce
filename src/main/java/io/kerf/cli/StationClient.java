package io.kerf.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A running station as whoever sends it parts and changes its model sees it: over HTTP. */
final class StationClient {
  /** Longer than a station may let a part wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** In the environment: a token for machines, which a station that has been claimed wants to see. */
  private static final String TOKEN = "KERF_TOKEN";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).version(HttpClient.Version.HTTP_1_1).build();
  private final URI station;
  private final String recipe;

  StationClient(URI station, String recipe) {
    this.station = station;
    this.recipe = recipe;
  }

  /** A verdict as it was answered or is on record. {@code bundle} is empty where the part was not judged. */
  record Judged(String id, String verdict, String bundle, double score, double threshold) {
    private static Judged of(JsonNode view) {
      return new Judged(view.path("id").asText(), view.path("verdict").asText(), view.path("bundle").asText(""), view.path("score").asDouble(Double.NaN),
          view.path("threshold").asDouble(Double.NaN));
    }
  }

  /** @throws IOException where there was no answer, or another than a verdict */
  Judged inspect(byte[] image) throws IOException, InterruptedException {
    return Judged.of(answer(request("/api/inspections?recipe=" + recipe).header("Content-Type", "application/octet-stream")
        .POST(HttpRequest.BodyPublishers.ofByteArray(image)).build(), 201));
  }

  /** Whether that changed anything. @throws IOException where the station did not do it */
  boolean activate(String digest) throws IOException, InterruptedException {
    return answer(request("/api/models/" + digest + "/activate?recipe=" + recipe).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"by\": \"kerf bench\"}")).build(), 200).path("changed").asBoolean();
  }

  /** Asks for an encoder to learn on. */
  void fineTune() throws IOException, InterruptedException {
    answer(request("/api/learning/run?recipe=" + recipe).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"by\": \"kerf bench\", \"speed\": \"fine-tune\"}")).build(), 202);
  }

  void cancelLearning() throws IOException, InterruptedException {
    answer(request("/api/learning/cancel?recipe=" + recipe).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"by\": \"kerf bench\"}")).build(), 200);
  }

  /** The stage of what is being learnt, such as {@code train}; empty where nothing is. */
  String learningStage() throws IOException, InterruptedException {
    return answer(request("/api/learning?recipe=" + recipe).build(), 200).path("running").path("training").path("stage").asText("");
  }

  /** Digests, newest first. */
  List<String> models() throws IOException, InterruptedException {
    return answer(request("/api/models?recipe=" + recipe).build(), 200).path("items").findValuesAsText("digest");
  }

  /** Verdicts on record, newest first. @param before empty for the newest */
  List<Judged> recorded(String before) throws IOException, InterruptedException {
    List<Judged> page = new ArrayList<>();
    answer(request("/api/inspections?limit=500&recipe=" + recipe + (before.isEmpty() ? "" : "&before=" + before)).build(), 200).path("items")
        .forEach(view -> page.add(Judged.of(view)));
    return page;
  }

  /** @throws FaultException where nothing answers there */
  void require() throws InterruptedException {
    try {
      answer(request("/api/station").build(), 200);
    } catch (IOException e) {
      throw new FaultException(Fault.BAD_CONFIGURATION, "No station answers at " + station + " (" + e.getMessage()
          + "). Start one with 'kerf serve', or give its address with --url.", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(station.resolve(path)).timeout(PATIENCE);
    Optional.ofNullable(System.getenv(TOKEN)).filter(token -> !token.isBlank()).ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  private JsonNode answer(HttpRequest request, int expected) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    JsonNode body = ModelsCommand.JSON.readTree(response.body());
    if (response.statusCode() != expected) {
      throw new IOException(response.statusCode() + " " + body.path("code").asText() + ": " + body.path("detail").asText());
    }
    return body;
  }
}
