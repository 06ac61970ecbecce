package io.kerf.encoder.tensorrt;

import static org.bytedeco.cuda.global.cudart.cudaDevAttrCanMapHostMemory;
import static org.bytedeco.cuda.global.cudart.cudaDevAttrIntegrated;
import static org.bytedeco.cuda.global.cudart.cudaFree;
import static org.bytedeco.cuda.global.cudart.cudaFreeHost;
import static org.bytedeco.cuda.global.cudart.cudaHostAlloc;
import static org.bytedeco.cuda.global.cudart.cudaHostAllocMapped;
import static org.bytedeco.cuda.global.cudart.cudaHostAllocPortable;
import static org.bytedeco.cuda.global.cudart.cudaHostGetDevicePointer;
import static org.bytedeco.cuda.global.cudart.cudaMalloc;
import static org.bytedeco.cuda.global.cudart.cudaMemcpyAsync;
import static org.bytedeco.cuda.global.cudart.cudaMemcpyDeviceToHost;
import static org.bytedeco.cuda.global.cudart.cudaMemcpyHostToDevice;

import java.nio.FloatBuffer;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Numbers that both the host and the GPU see. On a GPU that shares its memory with the CPU, as a Jetson's does, it is one block, mapped, and nothing is
 * copied; on others a pinned block and one on the device.
 */
final class DeviceBuffer implements AutoCloseable {
  private static final class Shared {
    static final boolean MEMORY = TensorRt.attribute(cudaDevAttrIntegrated) == 1 && TensorRt.attribute(cudaDevAttrCanMapHostMemory) == 1;
  }

  private final Pointer host = new Pointer();
  private final Pointer device = new Pointer();
  private final FloatBuffer floats;

  DeviceBuffer(int values) {
    long bytes = (long) Float.BYTES * values;
    Cuda.require(cudaHostAlloc(host, bytes, cudaHostAllocMapped | cudaHostAllocPortable), "cudaHostAlloc");
    int code = Shared.MEMORY ? cudaHostGetDevicePointer(device, host, 0) : cudaMalloc(device, bytes);
    if (code != 0) {
      cudaFreeHost(host);
    }
    Cuda.require(code, "allocating " + bytes + " bytes");
    floats = new FloatPointer(host).capacity(values).asBuffer();
  }

  Pointer onDevice() {
    return device;
  }

  FloatBuffer floats() {
    return floats;
  }

  void copyIn(int values, CUstream_st stream) {
    if (!Shared.MEMORY) {
      Cuda.require(cudaMemcpyAsync(device, host, (long) Float.BYTES * values, cudaMemcpyHostToDevice, stream), "cudaMemcpyAsync");
    }
  }

  void copyOut(int values, CUstream_st stream) {
    if (!Shared.MEMORY) {
      Cuda.require(cudaMemcpyAsync(host, device, (long) Float.BYTES * values, cudaMemcpyDeviceToHost, stream), "cudaMemcpyAsync");
    }
  }

  @Override
  public void close() {
    if (!Shared.MEMORY) {
      cudaFree(device);
    }
    cudaFreeHost(host);
  }
}
