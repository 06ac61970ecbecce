package io.kerf.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How long to train. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Length.Steps.class, name = "steps"),
    @JsonSubTypes.Type(value = Length.Budget.class, name = "budget"),
    @JsonSubTypes.Type(value = Length.Untrained.class, name = "untrained")})
public sealed interface Length {
  /** Share of the training that is done, 0…1 or more, after so many steps and seconds of stepping. */
  double share(long step, double seconds);

  /** A number of optimiser steps: the same seed and thread count give the same weights. */
  record Steps(long count) implements Length {
    @Override
    public double share(long step, double seconds) {
      return (double) step / count;
    }
  }

  /** Wall time spent stepping; how many steps that makes depends on the machine, so the weights do too. */
  record Budget(double seconds) implements Length {
    @Override
    public double share(long step, double elapsed) {
      return elapsed / seconds;
    }
  }

  /** No training: the encoder keeps its random weights. The floor that every report shows. */
  record Untrained() implements Length {
    @Override
    public double share(long step, double seconds) {
      return 1;
    }
  }

  @JsonIgnore
  default boolean trains() {
    return !(this instanceof Untrained);
  }
}
