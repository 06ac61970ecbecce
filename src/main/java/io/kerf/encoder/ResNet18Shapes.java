package io.kerf.encoder;

import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors a {@link ResNet18} is made of, told without an engine, which takes seconds to start: torchvision's state-dict names in
 * torchvision's order, each with its shape. A convolution's weight is {@code [out, in, kernel, kernel]}; batch normalisation has four
 * vectors.
 */
final class ResNet18Shapes {
  private static final int IMAGE_CHANNELS = 3;

  private ResNet18Shapes() {}

  /** Names and shapes of {@link ResNet18#namedParameters()}, in that order. */
  static Map<String, Shape> byName() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    int channels = ResNet18.STAGE_CHANNELS[0];
    convolution(shapes, "conv1", IMAGE_CHANNELS, channels, 7);
    normalisation(shapes, "bn1", channels);
    for (int stage = 0; stage < ResNet18.STAGE_CHANNELS.length; stage++) {
      int wide = ResNet18.STAGE_CHANNELS[stage];
      for (int unit = 0; unit < ResNet18.UNITS_PER_STAGE; unit++) {
        String prefix = "layer" + (stage + 1) + "." + unit + ".";
        convolution(shapes, prefix + "conv1", channels, wide, 3);
        normalisation(shapes, prefix + "bn1", wide);
        convolution(shapes, prefix + "conv2", wide, wide, 3);
        normalisation(shapes, prefix + "bn2", wide);
        if (channels != wide) {
          convolution(shapes, prefix + "downsample.0", channels, wide, 1);
          normalisation(shapes, prefix + "downsample.1", wide);
        }
        channels = wide;
      }
    }
    return shapes;
  }

  private static void convolution(Map<String, Shape> shapes, String prefix, int in, int out, int kernel) {
    shapes.put(prefix + ".weight", new Shape(out, in, kernel, kernel));
  }

  private static void normalisation(Map<String, Shape> shapes, String prefix, int channels) {
    shapes.put(prefix + ".weight", new Shape(channels));
    shapes.put(prefix + ".bias", new Shape(channels));
    shapes.put(prefix + ".running_mean", new Shape(channels));
    shapes.put(prefix + ".running_var", new Shape(channels));
  }
}
