package io.kerf.encoder.tensorrt;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;

/**
 * Loads the bindings of TensorRT with the libraries that they find, whether or not there is a GPU, and then asks the engine. Run by {@code jetson/test-arm64.sh}
 * with TensorRT's own libraries and stubs of CUDA's; on a machine without a GPU no further call may be made.
 */
final class BindingsProbe {
  private BindingsProbe() {}

  public static void main(String[] args) {
    Loader.load(nvinfer.class);
    Loader.load(nvonnxparser.class);
    System.out.println("TensorRT library " + nvinfer.getInferLibVersion() + ", bindings of " + nvinfer.NV_TENSORRT_MAJOR + "." + nvinfer.NV_TENSORRT_MINOR + ", "
        + System.getProperty("os.arch"));
    System.out.println("the engine: " + TensorRt.availability());
  }
}
