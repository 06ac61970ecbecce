/**
 * Cameras through GStreamer, whose libraries are the system's: {@link io.kerf.station.source.gstreamer.GstreamerCamera}. Frames are asked for, and no call comes
 * back from GStreamer's threads but to note an error. Alone knows {@code org.freedesktop.gstreamer}.
 */
package io.kerf.station.source.gstreamer;
