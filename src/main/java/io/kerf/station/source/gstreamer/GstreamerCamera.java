package io.kerf.station.source.gstreamer;

import io.kerf.config.document.CameraSettings.ImageKind;
import io.kerf.station.source.camera.Camera;
import io.kerf.station.source.camera.CameraFailure;
import java.util.ArrayList;
import java.util.List;
import org.freedesktop.gstreamer.Bin;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.GstException;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.glib.GError;

/** Whatever GStreamer can open: CSI ({@code nvarguscamerasrc}), USB ({@code v4l2src}), RTSP ({@code rtspsrc}), GenICam ({@code aravissrc}). */
public final class GstreamerCamera implements Camera {
  private static final String SINK = "kerf";
  /** One frame waits, the latest. What this end does not take, converters before it may change into what it does. */
  private static final String END = " ! appsink name=" + SINK
      + " sync=false max-buffers=1 drop=true enable-last-sample=false wait-on-eos=false caps=\"video/x-raw;image/jpeg;image/png\"";

  @Override
  public Feed open(String pipeline, ImageKind image) throws CameraFailure {
    Gstreamer.require();
    return new GstreamerFeed(parse(pipeline + END), SINK, image);
  }

  /** A pipeline whose text has an error can be made in part; it is taken down again. */
  static Pipeline parse(String text) throws CameraFailure {
    List<GError> errors = new ArrayList<>();
    Element parsed;
    try {
      parsed = Gst.parseLaunch(text, errors);
    } catch (GstException e) {
      throw new CameraFailure("the pipeline is not valid: " + e.getMessage());
    }
    if (!errors.isEmpty() || !(parsed instanceof Pipeline pipeline)) {
      String why = errors.isEmpty() ? "it is a single element" : errors.get(0).getMessage();
      if (parsed != null) {
        parsed.dispose();
      }
      throw new CameraFailure("the pipeline is not valid: " + why);
    }
    return pipeline;
  }

  /** Of a pipeline that names it. */
  static <T extends Element> T element(Bin pipeline, String name, Class<T> type) {
    return type.cast(pipeline.getElementByName(name));
  }
}
