package io.kerf.encoder.tensorrt;

import static org.bytedeco.cuda.global.cudart.cudaMemGetInfo;
import static org.bytedeco.tensorrt.global.nvinfer.createInferBuilder;
import static org.bytedeco.tensorrt.global.nvonnxparser.createParser;

import ai.djl.engine.EngineException;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.global.nvinfer.MemoryPoolType;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.nvinfer.Dims4;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ILogger.Severity;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles {@code encoder.onnx} into a plan for this GPU. Takes minutes on a Jetson, holds the GPU and may end the process, so it runs in one of its own.
 */
public final class PlanBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(PlanBuilder.class);
  private static final int CHANNELS = 3;
  /** One part after the other is the rule on a line. */
  private static final int USUAL_BATCH = 1;
  /** Of the free memory: what it times its layers with, while the station goes on judging. */
  private static final double WORKSPACE_SHARE = 0.25;
  private static final long LEAST_WORKSPACE = 64L << 20;
  private static final long MOST_WORKSPACE = 1L << 30;

  private final PlanShape shape;
  private final Precision precision;
  private final Path timings;

  /** @param timings file of measured layers of this GPU, which makes the next plan faster; made where it is not there */
  public PlanBuilder(PlanShape shape, Precision precision, Path timings) {
    this.shape = shape;
    this.precision = precision;
    this.timings = timings;
  }

  /**
   * Compiles.
   *
   * @param onnx of the encoder; with scales in it for {@link Precision#INT8}
   * @return the plan
   * @throws FaultException {@link Fault#COMPILATION_FAILED} with TensorRT's own words where it does not take the file, {@link Fault#ENGINE_UNAVAILABLE} where
   *     this machine compiles no plans
   */
  public byte[] build(Path onnx) throws IOException {
    if (TensorRt.availability() instanceof TensorRt.Availability.Declined declined) {
      throw new FaultException(Fault.ENGINE_UNAVAILABLE, declined.reason());
    }
    try {
      return compiled(onnx);
    } catch (EngineException e) {
      throw new FaultException(Fault.COMPILATION_FAILED, e.getMessage(), e);
    }
  }

  /** The flags of precision are marked as deprecated by newer headers and are what TensorRT 10.3, of JetPack 6, knows. */
  @SuppressWarnings("deprecation")
  private byte[] compiled(Path onnx) throws IOException {
    // Not a field: it is native, and without a GPU there is nothing to make it of.
    TensorRtLog log = new TensorRtLog();
    IBuilder builder = log.require(createInferBuilder(log), "createInferBuilder");
    INetworkDefinition network = null;
    IBuilderConfig config = null;
    IParser parser = null;
    IHostMemory plan = null;
    try {
      network = log.require(builder.createNetworkV2(0), "createNetworkV2");
      config = log.require(builder.createBuilderConfig(), "createBuilderConfig");
      parser = createParser(network, log);
      log.require(parser.parseFromFile(onnx.toString(), Severity.kWARNING.value), "reading " + onnx);
      config.setMemoryPoolLimit(MemoryPoolType.kWORKSPACE, workspaceBytes());
      if (precision != Precision.FP32) {
        config.setFlag(BuilderFlag.kFP16);
      }
      if (precision == Precision.INT8) {
        config.setFlag(BuilderFlag.kINT8);
      }
      log.require(config.addOptimizationProfile(profile(builder, network, log)) >= 0, "addOptimizationProfile");
      plan = timed(builder, network, config, log);
      return bytes(plan);
    } finally {
      NativeDestructor.delete(plan);
      NativeDestructor.deleteParser(parser);
      NativeDestructor.delete(network);
      NativeDestructor.delete(config);
      NativeDestructor.delete(builder);
    }
  }

  private IOptimizationProfile profile(IBuilder builder, INetworkDefinition network, TensorRtLog log) {
    IOptimizationProfile profile = builder.createOptimizationProfile();
    String input = network.getInput(0).getName();
    boolean taken = profile.setDimensions(input, OptProfileSelector.kMIN, new Dims4(1, CHANNELS, shape.leastHeightPx(), shape.leastWidthPx()))
        && profile.setDimensions(input, OptProfileSelector.kOPT, new Dims4(USUAL_BATCH, CHANNELS, shape.heightPx(), shape.widthPx()))
        && profile.setDimensions(input, OptProfileSelector.kMAX, new Dims4(PlanShape.MAX_BATCH, CHANNELS, shape.heightPx(), shape.widthPx()));
    log.require(taken, "setDimensions");
    return profile;
  }

  /** Builds with what is known of this GPU, and keeps what is learnt of it. */
  private IHostMemory timed(IBuilder builder, INetworkDefinition network, IBuilderConfig config, TensorRtLog log) throws IOException {
    byte[] known = Files.isRegularFile(timings) ? Files.readAllBytes(timings) : new byte[0];
    ITimingCache cache = null;
    IHostMemory learnt = null;
    try (BytePointer blob = new BytePointer(Math.max(1, known.length))) {
      blob.put(known, 0, known.length);
      cache = config.createTimingCache(blob, known.length);
      if (cache == null || cache.isNull() || !config.setTimingCache(cache, false)) {
        // Of another TensorRT or GPU.
        cache = log.require(config.createTimingCache(blob, 0), "createTimingCache");
        log.require(config.setTimingCache(cache, false), "setTimingCache");
      }
      IHostMemory plan = log.require(builder.buildSerializedNetwork(network, config), "buildSerializedNetwork");
      learnt = cache.serialize();
      if (learnt != null && !learnt.isNull()) {
        keep(bytes(learnt));
      }
      return plan;
    } finally {
      NativeDestructor.delete(learnt);
      NativeDestructor.delete(cache);
    }
  }

  /** The plan is made, whatever becomes of this. */
  private void keep(byte[] learnt) {
    try {
      AtomicFiles.write(timings, learnt);
    } catch (FaultException e) {
      LOG.warn("What was measured of this GPU was not kept, so the next plan takes as long: {}", e.detail());
    }
  }

  private static byte[] bytes(IHostMemory memory) {
    byte[] bytes = new byte[Math.toIntExact(memory.size())];
    new BytePointer(memory.data()).capacity(memory.size()).get(bytes, 0, bytes.length);
    return bytes;
  }

  private static long workspaceBytes() {
    try (SizeTPointer free = new SizeTPointer(1); SizeTPointer total = new SizeTPointer(1)) {
      Cuda.require(cudaMemGetInfo(free, total), "cudaMemGetInfo");
      return Math.max(LEAST_WORKSPACE, Math.min(MOST_WORKSPACE, (long) (WORKSPACE_SHARE * free.get())));
    }
  }
}
