package io.kerf.encoder;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What an encoder can tell of an image {@code [3,H,W]}. Which of these one gives stands in its bundle's manifest, in this order. */
public enum EncoderOutput {
  /** {@code [512]}: the mean of {@link #FEATURES} over its positions. */
  EMBEDDING("embedding"),
  /** {@code [512, H/32, W/32]}: the last stage's activations. */
  FEATURES("features"),
  /** {@code [2·C]}: the mean of every channel of the stages over the image, stage by stage, then the deviations likewise. */
  STATISTICS("statistics"),
  /** {@code [L, H/8, W/8]}: the second and third stage, projected to few channels by fixed random directions. */
  LOCAL("local"),
  /** {@code [1, H/4, W/4]}: the dense head's logit that something was altered there. */
  DENSE("dense");

  private final String label;

  EncoderOutput(String label) {
    this.label = label;
  }

  /** Its name in the ONNX graph and in the manifest. */
  public String label() {
    return label;
  }

  /** @throws IllegalArgumentException where there is none of that label */
  public static EncoderOutput of(String label) {
    return Arrays.stream(values()).filter(output -> output.label.equals(label)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("an encoder has no output '" + label + "'"));
  }

  /** In the order in which an encoder gives them. */
  public static List<EncoderOutput> ordered(Set<EncoderOutput> outputs) {
    return List.copyOf(EnumSet.copyOf(outputs));
  }

  /** Stages of the network that these outputs need: 4 where the last stage is looked at, else 3. */
  public static int stages(Set<EncoderOutput> outputs) {
    return outputs.contains(EMBEDDING) || outputs.contains(FEATURES) ? ResNet18.STAGES : ResNet18.STAGES - 1;
  }
}
