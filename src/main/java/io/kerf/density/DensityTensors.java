package io.kerf.density;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** The stored tensors of a density, read with their shapes and numbers checked. */
record DensityTensors(Map<String, Tensor> tensors) {

  /** Version of the layout; written as {@code format}. */
  static final int FORMAT = 1;

  DensityTensors {
    Objects.requireNonNull(tensors);
  }

  void requireVersion() {
    double format = scalar("format");
    if (format != FORMAT) {
      throw new FaultException(Fault.BUNDLE_UNSUPPORTED, "The density is stored in format " + format + "; this version reads format " + FORMAT
          + ". Use the version of this program that trained it, or train again.");
    }
  }

  /** A kernel density is told by its bandwidth. */
  DensityOptions.Kind kind() {
    return tensors.containsKey("bandwidth") ? DensityOptions.Kind.KERNEL : DensityOptions.Kind.GAUSSIAN;
  }

  /** A tensor of one dimension with at least one number. */
  float[] vector(String name) {
    Tensor tensor = named(name);
    if (tensor.shape().length != 1 || tensor.values().length == 0) {
      throw corrupt(name, "has shape " + Arrays.toString(tensor.shape()) + " where one dimension is due");
    }
    return tensor.values();
  }

  float[] shaped(String name, long... shape) {
    Tensor tensor = named(name);
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw corrupt(name, "has shape " + Arrays.toString(tensor.shape()) + " where " + Arrays.toString(shape) + " is due");
    }
    return tensor.values();
  }

  /** The shape of a tensor of so many dimensions, none of them empty. */
  int[] shape(String name, int dimensions) {
    long[] shape = named(name).shape();
    if (shape.length != dimensions || Arrays.stream(shape).anyMatch(extent -> extent < 1)) {
      throw corrupt(name, "has shape " + Arrays.toString(shape) + " where " + dimensions + " dimensions are due");
    }
    return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
  }

  double scalar(String name) {
    Tensor tensor = named(name);
    if (tensor.values().length != 1) {
      throw corrupt(name, "holds " + tensor.values().length + " numbers where one is due");
    }
    return tensor.values()[0];
  }

  double positiveScalar(String name) {
    double value = scalar(name);
    if (value <= 0) {
      throw corrupt(name, "is " + value + " where a number above 0 is due");
    }
    return value;
  }

  /** A whole number from 1 to {@code largest}. */
  int wholeNumber(String name, int largest) {
    double value = scalar(name);
    if (value != Math.rint(value) || value < 1 || value > largest) {
      throw corrupt(name, "is " + value + " where a whole number from 1 to " + largest + " is due");
    }
    return (int) value;
  }

  boolean flag(String name) {
    double value = scalar(name);
    if (value != 0 && value != 1) {
      throw corrupt(name, "is " + value + " where 0 or 1 is due");
    }
    return value == 1;
  }

  void requirePositive(String name, float[] values) {
    for (float value : values) {
      if (value <= 0) {
        throw corrupt(name, "holds " + value + " where numbers above 0 are due");
      }
    }
  }

  FaultException corrupt(String name, String what) {
    return new FaultException(Fault.BUNDLE_CORRUPT, "The density's tensor '" + name + "' " + what
        + ". The model cannot be used; activate another one or train again.");
  }

  private Tensor named(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw corrupt(name, "is missing");
    }
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw corrupt(name, "holds " + value);
      }
    }
    return tensor;
  }
}
