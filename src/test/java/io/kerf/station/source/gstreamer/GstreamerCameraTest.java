package io.kerf.station.source.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.config.document.CameraSettings.ImageKind;
import io.kerf.station.source.camera.Camera.CameraFrame;
import io.kerf.station.source.camera.Camera.Feed;
import io.kerf.station.source.camera.CameraFailure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With GStreamer itself. */
class GstreamerCameraTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final GstreamerCamera camera = new GstreamerCamera();

  @BeforeAll
  static void gstreamerIsThere() {
    Installed.requireGstreamer();
  }

  private static CameraFrame next(Feed feed) throws CameraFailure {
    Optional<CameraFrame> frame = feed.next(PATIENCE);
    assertThat(frame).isPresent();
    return frame.get();
  }

  private static BufferedImage decoded(byte[] image) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(image));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NV12", "I420", "YUY2", "RGB", "BGRx", "GRAY8", "GRAY16_LE", "I420_10LE"})
  void rawVideoOfEveryUsualFormatBecomesAJpegOfItsSize(String format) throws Exception {
    try (Feed feed = camera.open("videotestsrc is-live=true pattern=red ! video/x-raw,format=" + format + ",width=322,height=242,framerate=30/1", ImageKind.JPEG);
        CameraFrame frame = next(feed)) {
      byte[] image = frame.encoded();
      assertThat(image).startsWith(0xff, 0xd8, 0xff);
      BufferedImage picture = decoded(image);
      assertThat(picture.getWidth()).isEqualTo(322);
      assertThat(picture.getHeight()).isEqualTo(242);
      int pixel = picture.getRGB(160, 120);
      if (format.startsWith("GRAY")) {
        assertThat(pixel >> 16 & 0xff).isEqualTo(pixel & 0xff);
      } else {
        assertThat(pixel >> 16 & 0xff).isGreaterThan(230);
        assertThat(pixel & 0xff).isLessThan(30);
      }
    }
  }

  @Test
  void pngIsWithoutLoss() throws Exception {
    try (Feed feed = camera.open("videotestsrc is-live=true pattern=snow ! video/x-raw,format=RGB,width=64,height=48", ImageKind.PNG); CameraFrame frame = next(feed)) {
      byte[] image = frame.encoded();
      assertThat(image).startsWith(0x89, 'P', 'N', 'G');
      assertThat(decoded(image).getWidth()).isEqualTo(64);
      assertThat(frame.encoded()).as("the same frame again").isEqualTo(image);
    }
  }

  @Test
  void aCameraThatGivesJpegIsTakenAtItsWord(@TempDir Path folder) throws Exception {
    byte[] given;
    try (Feed feed = camera.open("videotestsrc is-live=true pattern=ball ! video/x-raw,width=64,height=48", ImageKind.JPEG); CameraFrame frame = next(feed)) {
      given = frame.encoded();
    }
    Files.write(folder.resolve("0.jpg"), given);
    try (Feed feed = camera.open("multifilesrc loop=true location=" + folder + "/%d.jpg caps=image/jpeg,framerate=30/1", ImageKind.PNG); CameraFrame frame = next(feed)) {
      assertThat(frame.encoded()).isEqualTo(given);
    }
  }

  @Test
  void framesOfALiveCameraAreYoungAndInOrder() throws Exception {
    try (Feed feed = camera.open("videotestsrc is-live=true ! video/x-raw,width=64,height=48,framerate=30/1", ImageKind.JPEG)) {
      long last = System.nanoTime() - PATIENCE.toNanos();
      for (int i = 0; i < 10; i++) {
        try (CameraFrame frame = next(feed)) {
          long now = System.nanoTime();
          assertThat(frame.capturedNanos()).isGreaterThan(last).isLessThanOrEqualTo(now);
          last = frame.capturedNanos();
        }
      }
    }
  }

  @Test
  void theTimeThatAFrameTakesToComeOutIsPartOfItsAge() throws Exception {
    try (Feed feed = camera.open("videotestsrc is-live=true ! video/x-raw,width=64,height=48,framerate=30/1 ! queue min-threshold-time=400000000", ImageKind.JPEG)) {
      next(feed).close();
      try (CameraFrame frame = next(feed)) {
        assertThat(Duration.ofNanos(System.nanoTime() - frame.capturedNanos())).isGreaterThan(Duration.ofMillis(350));
      }
    }
  }

  @Test
  void onlyTheLatestFrameWaits() throws Exception {
    try (Feed feed = camera.open("videotestsrc is-live=true ! video/x-raw,width=64,height=48,framerate=30/1", ImageKind.JPEG)) {
      next(feed).close();
      Thread.sleep(500);
      try (CameraFrame frame = next(feed)) {
        assertThat(Duration.ofNanos(System.nanoTime() - frame.capturedNanos())).isLessThan(Duration.ofMillis(450));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "nosuchelement ! videoconvert | no element \"nosuchelement\"",
      "videotestsrc ! nosuchelement | no element \"nosuchelement\"",
      "videotestsrc nosuchproperty=1 | nosuchproperty",
      "videotestsrc ! | the pipeline is not valid",
      "v4l2src device=/dev/video99 | /dev/video99",
      "filesrc location=/no/such/file ! jpegdec | Resource not found",
  })
  void aCameraThatCannotBeOpenedSaysWhy(String pipeline, String reason) {
    assertThatThrownBy(() -> {
      try (Feed feed = camera.open(pipeline, ImageKind.JPEG)) {
        feed.next(PATIENCE);
      }
    }).isInstanceOf(CameraFailure.class).hasMessageContaining(reason);
  }

  @Test
  void anEndThatIsNoPictureSaysWhatToAdd() {
    assertThatThrownBy(() -> {
      try (Feed feed = camera.open("audiotestsrc ! identity", ImageKind.JPEG)) {
        feed.next(PATIENCE);
      }
    }).isInstanceOf(CameraFailure.class).hasMessageMatching(".*(could not link|add a decoder).*");
  }

  @Test
  void aCameraThatEndsItsStreamSaysSo() throws Exception {
    try (Feed feed = camera.open("videotestsrc num-buffers=1 ! video/x-raw,width=64,height=48", ImageKind.JPEG)) {
      next(feed).close();
      assertThatThrownBy(() -> feed.next(PATIENCE)).isInstanceOf(CameraFailure.class).hasMessageContaining("ended its stream");
    }
  }

  @Test
  void aFrameThatOutlivesItsCameraCannotBeEncodedAndHarmsNothing() throws Exception {
    Feed feed = camera.open("videotestsrc is-live=true ! video/x-raw,width=64,height=48", ImageKind.JPEG);
    try (CameraFrame frame = next(feed)) {
      feed.close();
      assertThatThrownBy(frame::encoded).isInstanceOf(CameraFailure.class).hasMessageContaining("closed");
    }
  }
}
