package io.kerf.training.worker;

import ai.djl.nn.Parameter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.encoder.NamedWeights;
import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where training stands, in one file that is replaced atomically: all weights, the step and the seconds spent stepping.
 *
 * <p>The optimiser's momentum is not kept (DJL does not give it out): after a resume it builds up again within some ten steps.
 */
final class Checkpoint {
  static final String FILE = "checkpoint.safetensors";
  private static final String STEP = "progress.step";
  private static final String SECONDS = "progress.seconds";

  private static final String LESSON = "lesson";

  private final Path file;
  private final String lesson;

  /** @param lesson what is being learnt; a checkpoint of another lesson is not used */
  Checkpoint(Path folder, String lesson) {
    this.file = folder.resolve(FILE);
    this.lesson = lesson;
  }

  /** Step and seconds at which a job stood. */
  record Position(long step, double seconds) {}

  void write(Map<String, Parameter> parameters, Position position) throws IOException {
    Map<String, Tensor> tensors = NamedWeights.copyOut(parameters);
    AtomicFiles.write(file, Safetensors.write(tensors,
        Map.of(STEP, Long.toString(position.step()), SECONDS, Double.toString(position.seconds()), LESSON, lesson)));
  }

  /** Loads the weights and tells the position; empty, with the parameters untouched, where there is no usable checkpoint of this lesson. */
  Optional<Position> read(Map<String, Parameter> parameters) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      JsonNode metadata = new ObjectMapper().readTree(bytes, 8, bytes.length - 8).path("__metadata__");
      if (!lesson.equals(metadata.path(LESSON).asText())) {
        return Optional.empty();
      }
      NamedWeights.copyIn(parameters, Safetensors.read(bytes, file.toString()), file.toString());
      return Optional.of(new Position(Long.parseLong(metadata.path(STEP).asText()), Double.parseDouble(metadata.path(SECONDS).asText())));
    } catch (FaultException | NumberFormatException | JsonProcessingException damaged) {
      Files.delete(file);
      return Optional.empty();
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
