package io.kerf.encoder.tensorrt;

import static org.bytedeco.cuda.global.cudart.cudaGraphDestroy;
import static org.bytedeco.cuda.global.cudart.cudaGraphExecDestroy;
import static org.bytedeco.cuda.global.cudart.cudaGraphInstantiate;
import static org.bytedeco.cuda.global.cudart.cudaGraphLaunch;
import static org.bytedeco.cuda.global.cudart.cudaSetDevice;
import static org.bytedeco.cuda.global.cudart.cudaStreamBeginCapture;
import static org.bytedeco.cuda.global.cudart.cudaStreamCaptureModeThreadLocal;
import static org.bytedeco.cuda.global.cudart.cudaStreamCreateWithFlags;
import static org.bytedeco.cuda.global.cudart.cudaStreamDestroy;
import static org.bytedeco.cuda.global.cudart.cudaStreamEndCapture;
import static org.bytedeco.cuda.global.cudart.cudaStreamNonBlocking;
import static org.bytedeco.cuda.global.cudart.cudaStreamSynchronize;

import io.kerf.encoder.tensorrt.PlanSession.Output;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.tensorrt.global.nvinfer.TensorIOMode;
import org.bytedeco.tensorrt.nvinfer.Dims4;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/**
 * One run at a time: a context of an engine with its stream, its buffers for the largest batch, and a CUDA graph for each size of batch that came. A
 * graph is taken down from the second run of a size, as TensorRT prepares itself in the first; from the third on it is launched as one call.
 */
final class ExecutionContext implements AutoCloseable {
  /** More sizes than a station has; beyond them runs are queued call by call. */
  private static final int MOST_GRAPHS = 16;

  private record Size(int count, int widthPx, int heightPx) {}

  private final TensorRtLog log;
  private final CUstream_st stream = new CUstream_st();
  private final Map<String, DeviceBuffer> outputs = new HashMap<>();
  /** Of the outputs, for the size that is prepared. */
  private final Map<String, long[]> shapes = new HashMap<>();
  private final Map<Size, CUgraphExec_st> graphs = new HashMap<>();
  private IExecutionContext context;
  private DeviceBuffer input;
  private String inputName;
  private Size prepared;

  ExecutionContext(ICudaEngine engine, PlanShape shape, TensorRtLog log) {
    this.log = log;
    // A thread that has not used CUDA before has no device.
    Cuda.require(cudaSetDevice(0), "cudaSetDevice");
    Cuda.require(cudaStreamCreateWithFlags(stream, cudaStreamNonBlocking), "cudaStreamCreateWithFlags");
    try {
      context = log.require(engine.createExecutionContext(), "createExecutionContext");
      log.require(context.setOptimizationProfileAsync(0, stream), "setOptimizationProfileAsync");
      allocate(engine, shape);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** For the largest batch of the largest images. */
  private void allocate(ICudaEngine engine, PlanShape shape) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < engine.getNbIOTensors(); i++) {
      String name = engine.getIOTensorName(i);
      if (engine.getTensorIOMode(name) == TensorIOMode.kINPUT) {
        inputName = name;
      } else {
        names.add(name);
      }
    }
    prepare(new Size(PlanShape.MAX_BATCH, shape.widthPx(), shape.heightPx()), names);
    input = new DeviceBuffer(3 * PlanShape.MAX_BATCH * shape.widthPx() * shape.heightPx());
    log.require(context.setTensorAddress(inputName, input.onDevice()), "setTensorAddress");
    for (String name : names) {
      DeviceBuffer output = new DeviceBuffer(values(name));
      outputs.put(name, output);
      log.require(context.setTensorAddress(name, output.onDevice()), "setTensorAddress");
    }
    prepared = null;
  }

  List<Output> run(FloatBuffer pixels, int count, int widthPx, int heightPx) {
    Cuda.require(cudaSetDevice(0), "cudaSetDevice");
    Size size = new Size(count, widthPx, heightPx);
    input.floats().clear().put(pixels.duplicate().limit(pixels.position() + 3 * count * widthPx * heightPx));
    CUgraphExec_st graph = graphs.get(size);
    if (graph != null && size.equals(prepared)) {
      Cuda.require(cudaGraphLaunch(graph, stream), "cudaGraphLaunch");
    } else {
      boolean again = size.equals(prepared);
      prepare(size, outputs.keySet());
      if (again && graphs.size() < MOST_GRAPHS) {
        Cuda.require(cudaGraphLaunch(captured(size), stream), "cudaGraphLaunch");
      } else {
        enqueue(size);
      }
    }
    Cuda.require(cudaStreamSynchronize(stream), "an inference");
    return read();
  }

  private void prepare(Size size, Collection<String> names) {
    if (size.equals(prepared)) {
      return;
    }
    prepared = null;
    try (Dims4 dims = new Dims4(size.count, 3, size.heightPx, size.widthPx)) {
      log.require(context.setInputShape(inputName, dims), "setInputShape");
    }
    for (String name : names) {
      try (Dims64 dims = context.getTensorShape(name)) {
        long[] shape = new long[dims.nbDims()];
        for (int i = 0; i < shape.length; i++) {
          shape[i] = dims.d(i);
        }
        shapes.put(name, shape);
      }
    }
    prepared = size;
  }

  private CUgraphExec_st captured(Size size) {
    CUgraph_st graph = new CUgraph_st();
    Cuda.require(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal), "cudaStreamBeginCapture");
    try {
      enqueue(size);
    } finally {
      Cuda.require(cudaStreamEndCapture(stream, graph), "cudaStreamEndCapture");
    }
    CUgraphExec_st executable = new CUgraphExec_st();
    Cuda.require(cudaGraphInstantiate(executable, graph, 0L), "cudaGraphInstantiate");
    Cuda.require(cudaGraphDestroy(graph), "cudaGraphDestroy");
    graphs.put(size, executable);
    return executable;
  }

  private void enqueue(Size size) {
    input.copyIn(3 * size.count * size.widthPx * size.heightPx, stream);
    log.require(context.enqueueV3(stream), "enqueueV3");
    outputs.forEach((name, output) -> output.copyOut(values(name), stream));
  }

  private List<Output> read() {
    List<Output> read = new ArrayList<>();
    outputs.forEach((name, output) -> {
      float[] values = new float[values(name)];
      output.floats().clear().get(values);
      read.add(new Output(name, shapes.get(name), values));
    });
    return read;
  }

  private int values(String output) {
    long values = 1;
    for (long extent : shapes.get(output)) {
      values *= extent;
    }
    return Math.toIntExact(values);
  }

  @Override
  public void close() {
    cudaStreamSynchronize(stream);
    graphs.values().forEach(graph -> cudaGraphExecDestroy(graph));
    NativeDestructor.delete(context);
    if (input != null) {
      input.close();
    }
    outputs.values().forEach(DeviceBuffer::close);
    cudaStreamDestroy(stream);
  }
}
