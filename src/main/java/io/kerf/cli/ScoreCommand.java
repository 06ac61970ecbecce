package io.kerf.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kerf.encoder.DjlEncoder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageDecoder.Decoded;
import io.kerf.imaging.ImageLimits;
import io.kerf.model.Assessment;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Generation;
import io.kerf.model.HeatMapOverlay;
import io.kerf.model.PartJudge;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges image files with a bundle, one JSON line each. */
@Command(name = "score", mixinStandardHelpOptions = true,
    description = "Judges images with a bundle: one JSON line each. An image that cannot be read gets a line with its error; the exit code is then 2.")
final class ScoreCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle's folder, as 'kerf train' printed it.")
  private Path bundleFolder;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "Image files.")
  private List<Path> images;

  @Option(names = "--heat-maps", paramLabel = "DIR", description = "Write a heat map PNG per image into this folder.")
  private Optional<Path> heatMaps = Optional.empty();

  @Option(names = "--engine", paramLabel = "NAME", defaultValue = DjlEncoder.ONNX_RUNTIME, description = "Inference engine. Default: ${DEFAULT-VALUE}.")
  private String engine;

  @Spec
  private CommandSpec spec;

  private final ObjectMapper json = new ObjectMapper();
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

  @Override
  public Integer call() throws IOException {
    Bundle bundle = BundleStore.read(bundleFolder);
    if (heatMaps.isPresent()) {
      Files.createDirectories(heatMaps.get());
    }
    PrintWriter out = spec.commandLine().getOut();
    Generation generation = Generation.open(bundle, engine, 1);
    int exit = 0;
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      for (Path image : images) {
        ObjectNode line = json.createObjectNode().put("image", image.toString());
        try {
          judge(lease, image, line);
        } catch (FaultException e) {
          line.put("error", e.fault().code()).put("detail", e.detail());
          exit = Fault.EXIT_INPUT;
        }
        out.println(line);
        out.flush();
      }
    } finally {
      generation.retire();
    }
    return exit;
  }

  private void judge(Generation.Lease lease, Path image, ObjectNode line) throws IOException {
    if (!Files.isRegularFile(image)) {
      throw new FaultException(Fault.NOT_FOUND, "There is no file " + image + ". Check the path.");
    }
    Bundle bundle = lease.bundle();
    Decoded decoded = decoder.decode(Files.readAllBytes(image), bundle.manifest().preprocessing().neededShortSidePx());
    Assessment assessment = lease.judge().assess(decoded.picture(), PartJudge.StageClock.NONE);
    if (assessment instanceof Assessment.Judged judged) {
      line.put("verdict", judged.rejected() ? "NG" : "OK").put("score", judged.score()).put("pValue", judged.pValue()).put("oneIn", 1 / judged.pValue())
          .put("threshold", bundle.rules().calibration().threshold()).put("bundle", bundle.digest());
      if (heatMaps.isPresent()) {
        Path file = heatMaps.get().resolve(image.getFileName() + ".heat.png");
        Files.write(file, HeatMapOverlay.png(bundle, judged.heat(), decoded));
        line.put("heatMap", file.toString());
      }
    } else if (assessment instanceof Assessment.CannotJudge cannot) {
      line.put("verdict", "UNJUDGED").put("reason", cannot.code()).put("message", cannot.message()).put("bundle", bundle.digest());
    }
  }
}
