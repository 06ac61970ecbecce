package io.kerf.station.source.gstreamer;

import com.sun.jna.ptr.IntByReference;
import io.kerf.config.document.CameraSettings.ImageKind;
import io.kerf.station.source.camera.CameraFailure;
import java.util.Optional;
import org.freedesktop.gstreamer.FlowReturn;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.elements.AppSink;
import org.freedesktop.gstreamer.elements.AppSrc;

/**
 * Makes images of raw video: only of the frames that are judged, as encoding all would cost a fifth of a core at 30 fps and 1080p. A pipeline of its own, begun
 * with the first frame. Safe for many threads.
 */
final class Encoder implements AutoCloseable {
  /** More than the largest picture takes; then something is wrong and it is begun anew. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final String kind;
  private Optional<Running> running = Optional.empty();
  private boolean closed;

  Encoder(ImageKind image) {
    kind = switch (image) {
      case JPEG -> "jpegenc quality=95";
      case PNG -> "pngenc compression-level=1";
    };
  }

  /** @throws CameraFailure where the frame cannot be encoded, or the camera was closed meanwhile */
  synchronized byte[] encode(Sample sample) throws CameraFailure {
    if (closed) {
      throw new CameraFailure("the camera was closed before it was encoded");
    }
    if (running.isEmpty()) {
      running = Optional.of(Running.start(kind));
    }
    try {
      return running.get().encode(sample);
    } catch (CameraFailure e) {
      end();
      throw e;
    }
  }

  private void end() {
    running.ifPresent(Running::stop);
    running = Optional.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    end();
  }

  private record Running(Pipeline pipeline, AppSrc in, AppSink out) {
    static Running start(String kind) throws CameraFailure {
      Pipeline pipeline = GstreamerCamera.parse("appsrc name=in format=time ! videoconvert ! " + kind + " ! appsink name=out sync=false enable-last-sample=false");
      Running running = new Running(pipeline, GstreamerCamera.element(pipeline, "in", AppSrc.class), GstreamerCamera.element(pipeline, "out", AppSink.class));
      pipeline.play();
      return running;
    }

    byte[] encode(Sample raw) throws CameraFailure {
      IntByReference flow = new IntByReference();
      in.emit("push-sample", raw, flow);
      Sample encoded = flow.getValue() == FlowReturn.OK.intValue() ? out.emit(Sample.class, "try-pull-sample", PATIENCE_NANOS) : null;
      if (encoded == null) {
        throw new CameraFailure("GStreamer could not encode it");
      }
      try {
        return GstreamerFrame.bytes(encoded);
      } finally {
        encoded.dispose();
      }
    }

    void stop() {
      pipeline.stop();
      in.dispose();
      out.dispose();
      pipeline.dispose();
    }
  }
}
