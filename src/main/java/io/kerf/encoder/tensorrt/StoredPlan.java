package io.kerf.encoder.tensorrt;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan in a {@link PlanStore}, whose record was signed by this device. */
public record StoredPlan(Path folder, PlanRecord known) {
  public static final String PLAN = "encoder.plan";
  static final String RECORD = "plan.json";
  static final String SIGNATURE = "plan.mac";

  /**
   * The plan, every byte verified.
   *
   * @throws FaultException {@link Fault#PLAN_UNUSABLE} where it is not what was compiled
   */
  byte[] bytes() {
    try {
      byte[] plan = Files.readAllBytes(folder.resolve(PLAN));
      if (!Sha256.of(plan).equals(known.sha256())) {
        throw unusable("it is not what was compiled here");
      }
      return plan;
    } catch (IOException e) {
      throw unusable("it cannot be read: " + e.getMessage());
    }
  }

  private FaultException unusable(String why) {
    return new FaultException(Fault.PLAN_UNUSABLE, "The plan in " + folder + " is not loaded: " + why + ". It is compiled anew; ONNX Runtime judges meanwhile.");
  }
}
