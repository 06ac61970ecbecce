package io.kerf.station.source.gstreamer;

import io.kerf.config.document.CameraSettings.ImageKind;
import io.kerf.station.source.camera.Camera.CameraFrame;
import io.kerf.station.source.camera.Camera.Feed;
import io.kerf.station.source.camera.CameraFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Bus;
import org.freedesktop.gstreamer.Clock;
import org.freedesktop.gstreamer.ClockTime;
import org.freedesktop.gstreamer.GstObject;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.StateChangeReturn;
import org.freedesktop.gstreamer.elements.AppSink;

/**
 * A pipeline that plays.
 *
 * <p>When a frame was captured: a live source stamps it with its pipeline's clock, so its age is told by that clock when it comes out at the end. What is not live
 * (a file) has no such time; its frames are captured when they come.
 */
final class GstreamerFeed implements Feed {
  private static final String TRY_PULL = "try-pull-sample";
  private static final long REASON_MILLIS = 500;

  private final Pipeline pipeline;
  private final AppSink sink;
  private final Encoder encoder;
  private final boolean live;
  private final Bus bus;
  private final Bus.ERROR errors = this::failed;
  private final CompletableFuture<String> failure = new CompletableFuture<>();

  GstreamerFeed(Pipeline pipeline, String sink, ImageKind image) throws CameraFailure {
    this.pipeline = pipeline;
    this.sink = GstreamerCamera.element(pipeline, sink, AppSink.class);
    this.encoder = new Encoder(image);
    this.bus = pipeline.getBus();
    bus.connect(errors);
    StateChangeReturn paused = pipeline.pause();
    this.live = paused == StateChangeReturn.NO_PREROLL;
    if (paused == StateChangeReturn.FAILURE || pipeline.play() == StateChangeReturn.FAILURE) {
      String why = reason("the pipeline cannot be started");
      close();
      throw new CameraFailure(why);
    }
  }

  /** On a thread of GStreamer's. The first error is the cause, others follow from it. */
  private void failed(GstObject source, int code, String message) {
    String what = source.getName() + ": " + message.strip().replaceAll("\\.$", "");
    failure.complete(message.contains("Internal data stream error")
        ? what + " (its elements do not fit together, or what comes out at the end is neither raw video nor JPEG nor PNG: add a decoder or videoconvert)" : what);
  }

  /** What GStreamer says of a failure comes a moment after it. */
  private String reason(String otherwise) {
    try {
      return failure.get(REASON_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException none) {
      return otherwise;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    }
  }

  @Override
  public Optional<CameraFrame> next(Duration patience) throws CameraFailure {
    Sample sample = sink.emit(Sample.class, TRY_PULL, patience.toNanos());
    long now = System.nanoTime();
    if (sample != null) {
      return Optional.of(new GstreamerFrame(sample, now - age(sample), encoder));
    }
    if (failure.isDone() || sink.isEOS()) {
      throw new CameraFailure(reason("the camera has ended its stream"));
    }
    return Optional.empty();
  }

  /** Since it was captured, in nanoseconds; 0 where that cannot be told. */
  private long age(Sample sample) {
    if (!live) {
      return 0;
    }
    try (Buffer buffer = sample.getBuffer(); Clock clock = pipeline.getClock()) {
      long stamp = buffer == null ? ClockTime.NONE : buffer.getPresentationTimestamp();
      return clock == null || !ClockTime.isValid(stamp) ? 0 : Math.max(0, clock.getTime() - pipeline.getBaseTime() - stamp);
    }
  }

  @Override
  public void close() {
    bus.disconnect(errors);
    pipeline.stop();
    sink.dispose();
    bus.dispose();
    pipeline.dispose();
    encoder.close();
  }
}
