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

  /** A plan that does not load is deleted, so that it is compiled anew. */
  private Encoder open(Bundle bundle, StoredPlan plan) throws IOException {
    try {
      return loading.apply(plan).open(bundle);
    } catch (FaultException e) {
      LOG.errorf("The plan of bundle %s does not load, so ONNX Runtime runs it and it is compiled anew: %s [%s]", bundle.shortDigest(), e.detail(), e.fault().code());
      plans.forget(plan.known().key());
      return otherwise.open(bundle);
    }
  }
}
