package io.kerf.station.plans;

import io.kerf.encoder.Encoder;
import io.kerf.encoder.tensorrt.PlanStore;
import io.kerf.encoder.tensorrt.StoredPlan;
import io.kerf.fault.FaultException;
import io.kerf.model.Bundle;
import io.kerf.model.EncoderSource;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Opens the plan of a bundle where there is one that may be used, and its encoder on ONNX Runtime in any other case. */
public final class PlanChoice implements EncoderSource {
  private static final Logger LOG = Logger.getLogger(PlanChoice.class);

  private final Optional<Platform> platform;
  private final PlanStore plans;
  private final Function<StoredPlan, EncoderSource> loading;
  private final EncoderSource otherwise;

  /**
   * @param platform empty where this machine runs no plans
   * @param loading how an encoder of a plan is opened
   * @param otherwise opens an encoder that has no plan
   */
  public PlanChoice(Optional<Platform> platform, PlanStore plans, Function<StoredPlan, EncoderSource> loading, EncoderSource otherwise) {
    this.platform = platform;
    this.plans = plans;
    this.loading = loading;
    this.otherwise = otherwise;
  }

  /** What is known of the plan of a bundle; empty where there is none. */
  Optional<StoredPlan> plan(Bundle bundle) throws IOException {
    return platform.isEmpty() ? Optional.empty() : plans.find(platform.get().key(bundle));
  }

  @Override
  public Encoder open(Bundle bundle) {
    try {
      Optional<StoredPlan> plan = plan(bundle).filter(found -> found.known().refusal().isEmpty());
      return plan.isPresent() ? open(bundle, plan.get()) : otherwise.open(bundle);
    } catch (IOException e) {
      LOG.warnf("Plans of this device cannot be read, so ONNX Runtime runs bundle %s: %s", bundle.shortDigest(), e.getMessage());
      return otherwise.open(bundle);
    }
  }

  /** A plan that does not load, or fails later, is deleted, so that it is compiled anew. */
  private Encoder open(Bundle bundle, StoredPlan plan) {
    try {
      return new PlanWithFallback(loading.apply(plan).open(bundle), () -> otherwise.open(bundle), e -> forget(bundle, plan, e));
    } catch (FaultException e) {
      forget(bundle, plan, e);
      return otherwise.open(bundle);
    }
  }

  private void forget(Bundle bundle, StoredPlan plan, FaultException why) {
    LOG.errorf("The plan of bundle %s does not run, so ONNX Runtime judges and it is compiled anew: %s [%s]", bundle.shortDigest(), why.detail(), why.fault().code());
    try {
      plans.forget(plan.known().key());
    } catch (IOException e) {
      LOG.warnf("That plan could not be deleted: %s", e.getMessage());
    }
  }
}
