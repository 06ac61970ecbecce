package io.kerf.encoder.tensorrt;

import static org.bytedeco.cuda.global.cudart.cudaDevAttrComputeCapabilityMajor;
import static org.bytedeco.cuda.global.cudart.cudaDevAttrComputeCapabilityMinor;
import static org.bytedeco.cuda.global.cudart.cudaDeviceGetAttribute;
import static org.bytedeco.cuda.global.cudart.cudaFree;
import static org.bytedeco.cuda.global.cudart.cudaGetDeviceCount;
import static org.bytedeco.cuda.global.cudart.cudaGetDeviceProperties;
import static org.bytedeco.cuda.global.cudart.cudaSetDevice;
import static org.bytedeco.cuda.global.cudart.cudaSuccess;

import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;

/**
 * Whether this machine can run TensorRT plans. CUDA is asked for a GPU before TensorRT is touched: without one, TensorRT hands out pointers to nothing or
 * ends the process. Asked once, as a library that did not load will not load later.
 */
public final class TensorRt {
  private TensorRt() {}

  /** What was found. */
  public sealed interface Availability {
    /**
     * Plans can be built and run.
     *
     * @param version of TensorRT, such as {@code 10.3.0}
     * @param gpu its name
     * @param computeCapability such as {@code 8.7}
     */
    record Usable(String version, String gpu, String computeCapability) implements Availability {}

    /** @param reason one sentence for people */
    record Declined(String reason) implements Availability {}
  }

  private static final class Found {
    static final Availability ONCE = look();
  }

  public static Availability availability() {
    return Found.ONCE;
  }

  private static Availability look() {
    try {
      Loader.load(cudart.class);
      int[] devices = new int[1];
      int code = cudaGetDeviceCount(devices);
      if (code != cudaSuccess || devices[0] < 1) {
        return new Availability.Declined("CUDA finds no GPU: " + (code == cudaSuccess ? "there is none" : Cuda.words(code)) + ".");
      }
      // The call that makes the context, and so the first that fails where the driver does not fit.
      Cuda.require(cudaSetDevice(0), "cudaSetDevice");
      Cuda.require(cudaFree(new Pointer()), "the making of a context");
      Loader.load(nvinfer.class);
      Loader.load(nvonnxparser.class);
      return usable();
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      return new Availability.Declined(NeededLibraries.missing(e));
    } catch (RuntimeException e) {
      return new Availability.Declined("TensorRT cannot be used: " + e.getMessage() + ".");
    }
  }

  private static Availability.Usable usable() {
    try (cudaDeviceProp properties = new cudaDeviceProp()) {
      Cuda.require(cudaGetDeviceProperties(properties, 0), "cudaGetDeviceProperties");
      int version = nvinfer.getInferLibVersion();
      return new Availability.Usable(version / 10_000 + "." + version / 100 % 100 + "." + version % 100, properties.name().getString(),
          attribute(cudaDevAttrComputeCapabilityMajor) + "." + attribute(cudaDevAttrComputeCapabilityMinor));
    }
  }

  static int attribute(int which) {
    int[] value = new int[1];
    Cuda.require(cudaDeviceGetAttribute(value, which, 0), "cudaDeviceGetAttribute");
    return value[0];
  }
}
