package io.kerf.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.kerf.fleet.sender.Composition;
import io.kerf.fleet.sender.GroupFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shipped as an example works; the broker's files are used by every test that starts one. */
class EdgeConfigTest {
  private static final Path FOLDER = Path.of("edge-config/fleet");

  @TempDir
  private Path folder;

  @Test
  void prometheusAsksStationsWhereTheyTellAndLabelsEach() throws IOException {
    JsonNode job = new ObjectMapper(new YAMLFactory()).readTree(FOLDER.resolve("prometheus.yml").toFile()).at("/scrape_configs/0");
    assertThat(job.path("metrics_path").asText()).isEqualTo("/q/metrics");
    assertThat(job.at("/relabel_configs/0/source_labels/0").asText()).isEqualTo("station");
    JsonNode stations = new ObjectMapper().readTree(FOLDER.resolve(job.at("/file_sd_configs/0/files/0").asText()).toFile());
    assertThat(stations).isNotEmpty().allSatisfy(station -> {
      assertThat(station.at("/labels/station").asText()).isNotEmpty();
      assertThat(station.at("/targets/0").asText()).contains(":");
    });
  }

  @Test
  void theGroupInTheManualCanBeSent() throws IOException {
    String manual = Files.readString(Path.of("docs/fleet.md"));
    int begin = manual.indexOf("```yaml\n") + "```yaml\n".length();
    Path file = Files.writeString(folder.resolve("press.yaml"), manual.substring(begin, manual.indexOf("```", begin)));
    assertThat(new String(Composition.of(GroupFile.read(file), DocumentProblem::of).get("line-8"), StandardCharsets.UTF_8))
        .isEqualTo("{\"schema\":1,\"station\":{\"id\":\"line-8\"},\"recipes\":{\"flange\":{\"false-rejects\":0.02}},\"retention\":{\"max-age\":\"60d\"}}");
  }
}
