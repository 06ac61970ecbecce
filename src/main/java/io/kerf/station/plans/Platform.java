package io.kerf.station.plans;

import io.kerf.encoder.tensorrt.PlanKey;
import io.kerf.encoder.tensorrt.Precision;
import io.kerf.encoder.tensorrt.TensorRt.Availability;
import io.kerf.model.Bundle;
import io.kerf.model.Manifest;
import io.kerf.station.plans.PlanState.Phase;
import io.kerf.training.compiling.PlanEncoders;
import java.util.Optional;
import java.util.function.Supplier;

/** What plans are compiled for. @param jetsonLinux release of the board's software, such as {@code 36.4.3}, or {@code none} */
public record Platform(String jetsonLinux, Availability.Usable tensorRt, Precision precision) {
  /**
   * What was found.
   *
   * @param platform empty where plans are not to be had
   * @param without why, in that case
   */
  public record Found(Optional<Platform> platform, PlanState without) {}

  /**
   * Looks at this machine.
   *
   * @param enabled whether plans are wanted
   * @param gpu whether the machine has one; without, none of NVIDIA's libraries is touched
   * @param availability asked where both are so
   */
  public static Found find(boolean enabled, boolean gpu, String jetsonLinux, Precision precision, Supplier<Availability> availability) {
    if (!enabled) {
      return new Found(Optional.empty(), new PlanState(Phase.OFF, "TensorRT is switched off (kerf.engine.tensorrt.enabled)."));
    }
    Availability found = gpu ? availability.get() : new Availability.Declined("This machine has no NVIDIA GPU.");
    if (found instanceof Availability.Usable usable) {
      return new Found(Optional.of(new Platform(jetsonLinux, usable, precision)), new PlanState(Phase.WAITING, ""));
    }
    return new Found(Optional.empty(), new PlanState(Phase.DECLINED, ((Availability.Declined) found).reason() + " ONNX Runtime judges."));
  }

  PlanKey key(Bundle bundle) {
    String onnx = bundle.manifest().files().stream().filter(file -> file.name().equals(Manifest.ENCODER_ONNX)).findFirst().orElseThrow().sha256();
    return new PlanKey(jetsonLinux, tensorRt.version(), tensorRt.gpu(), tensorRt.computeCapability(), onnx, precision, PlanEncoders.shape(bundle.manifest()));
  }

  String words() {
    return "TensorRT " + tensorRt.version() + " on " + tensorRt.gpu() + ", " + precision;
  }
}
