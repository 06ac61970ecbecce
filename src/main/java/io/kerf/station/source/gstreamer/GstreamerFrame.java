package io.kerf.station.source.gstreamer;

import io.kerf.station.source.camera.Camera.CameraFrame;
import io.kerf.station.source.camera.CameraFailure;
import java.nio.ByteBuffer;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.Structure;

/** Owns a sample. */
final class GstreamerFrame implements CameraFrame {
  private final Sample sample;
  private final long capturedNanos;
  private final Encoder encoder;

  GstreamerFrame(Sample sample, long capturedNanos, Encoder encoder) {
    this.sample = sample;
    this.capturedNanos = capturedNanos;
    this.encoder = encoder;
  }

  @Override
  public long capturedNanos() {
    return capturedNanos;
  }

  @Override
  public byte[] encoded() throws CameraFailure {
    return isImage() ? bytes(sample) : encoder.encode(sample);
  }

  /** A camera that gives JPEG or PNG is taken at its word. */
  private boolean isImage() {
    try (Caps caps = sample.getCaps(); Structure structure = caps.getStructure(0)) {
      return structure.getName().startsWith("image/");
    }
  }

  static byte[] bytes(Sample sample) throws CameraFailure {
    try (Buffer buffer = sample.getBuffer()) {
      ByteBuffer mapped = buffer.map(false);
      if (mapped == null) {
        throw new CameraFailure("it does not lie in memory that the processor can read; end the pipeline with what copies it there, such as nvvidconv");
      }
      try {
        byte[] bytes = new byte[mapped.remaining()];
        mapped.get(bytes);
        return bytes;
      } finally {
        buffer.unmap();
      }
    }
  }

  @Override
  public void close() {
    sample.dispose();
  }
}
