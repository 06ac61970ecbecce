package io.kerf.station.source.gstreamer;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A network camera on the loopback: GStreamer's RTSP server in a process of its own, so that it can be killed. */
final class RtspServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private RtspServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** @param port 0 for any that is free */
  static RtspServer start(int port) throws IOException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp", System.getProperty("java.class.path"),
        RtspServer.class.getName(), Integer.toString(port)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the RTSP server ended with " + process.exitValue());
    }
    return new RtspServer(process, Integer.parseInt(line));
  }

  int port() {
    return port;
  }

  String url() {
    return "rtsp://127.0.0.1:" + port + "/camera";
  }

  @Override
  public void close() {
    kill();
  }

  /** As where somebody pulls the cable. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  interface RtspLibrary extends Library {
    Pointer gst_rtsp_server_new();

    void gst_rtsp_server_set_address(Pointer server, String address);

    void gst_rtsp_server_set_service(Pointer server, String port);

    int gst_rtsp_server_get_bound_port(Pointer server);

    Pointer gst_rtsp_server_get_mount_points(Pointer server);

    Pointer gst_rtsp_media_factory_new();

    void gst_rtsp_media_factory_set_launch(Pointer factory, String pipeline);

    void gst_rtsp_media_factory_set_shared(Pointer factory, int shared);

    void gst_rtsp_mount_points_add_factory(Pointer points, String path, Pointer factory);

    int gst_rtsp_server_attach(Pointer server, Pointer context);
  }

  interface GstreamerLibrary extends Library {
    void gst_init(Pointer count, Pointer arguments);
  }

  interface GlibLibrary extends Library {
    Pointer g_main_loop_new(Pointer context, int running);

    void g_main_loop_run(Pointer loop);
  }

  /** Serves until it is killed. */
  public static void main(String[] arguments) {
    Native.load("gstreamer-1.0", GstreamerLibrary.class).gst_init(null, null);
    RtspLibrary rtsp = Native.load("gstrtspserver-1.0", RtspLibrary.class);
    Pointer server = rtsp.gst_rtsp_server_new();
    rtsp.gst_rtsp_server_set_address(server, "127.0.0.1");
    rtsp.gst_rtsp_server_set_service(server, arguments[0]);
    Pointer factory = rtsp.gst_rtsp_media_factory_new();
    rtsp.gst_rtsp_media_factory_set_launch(factory,
        "( videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width=320,height=240,framerate=15/1 ! jpegenc ! rtpjpegpay name=pay0 pt=26 )");
    rtsp.gst_rtsp_media_factory_set_shared(factory, 1);
    rtsp.gst_rtsp_mount_points_add_factory(rtsp.gst_rtsp_server_get_mount_points(server), "/camera", factory);
    if (rtsp.gst_rtsp_server_attach(server, null) == 0) {
      System.exit(1);
    }
    System.out.println(rtsp.gst_rtsp_server_get_bound_port(server));
    GlibLibrary glib = Native.load("glib-2.0", GlibLibrary.class);
    glib.g_main_loop_run(glib.g_main_loop_new(null, 0));
  }
}
