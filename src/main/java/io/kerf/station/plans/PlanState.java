package io.kerf.station.plans;

/** How the encoder of a model in use runs. @param words for people, one sentence or two */
public record PlanState(Phase phase, String words) {
  public enum Phase {
    /** Switched off by configuration. */
    OFF,
    /** This machine runs no plans. */
    DECLINED,
    /** There is no model, or no image to compare a plan on. */
    WAITING,
    COMPILING,
    COMPARING,
    IN_USE,
    /** The plan does not judge as ONNX Runtime does. */
    REFUSED,
    /** There is no plan, as compiling failed. */
    FAILED
  }
}
