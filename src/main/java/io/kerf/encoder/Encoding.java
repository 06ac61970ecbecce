package io.kerf.encoder;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What an encoder says of one image, output by output. */
public record Encoding(Map<EncoderOutput, FeatureMap> outputs) {
  public Encoding {
    outputs = Collections.unmodifiableMap(new EnumMap<>(outputs));
  }

  public boolean has(EncoderOutput output) {
    return outputs.containsKey(output);
  }

  /** @throws IllegalArgumentException where this encoder does not give it */
  public FeatureMap get(EncoderOutput output) {
    FeatureMap map = outputs.get(output);
    if (map == null) {
      throw new IllegalArgumentException("this encoder gives " + outputs.keySet() + " and not " + output);
    }
    return map;
  }

  /** A vector output's values. */
  public float[] vector(EncoderOutput output) {
    return get(output).values();
  }
}
