package io.kerf.model;

import io.kerf.imaging.ImageQuality;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How the light of the last parts differs from that of the good parts a model was learnt from: lamps age, lenses get dirty. It judges nothing;
 * how much a model bears is what an evaluation under other light tells, in the same measures.
 */
public final class LightWatch {
  /** Parts that are looked back on. */
  static final int WINDOW = 100;
  /** Fewer say more about the parts than about the light. */
  static final int FEWEST = 10;

  private final ImageQuality usual;
  private final Deque<ImageQuality> recent = new ArrayDeque<>();

  /** @param usual medians over the good parts the model was learnt from */
  LightWatch(ImageQuality usual) {
    this.usual = usual;
  }

  /**
   * Medians of the last parts in relation to the usual ones, less one: −0.07 is seven per cent less.
   *
   * @param parts that were looked at
   */
  public record Drift(double brightness, double contrast, double sharpness, int parts) {}

  synchronized void saw(ImageQuality quality) {
    if (recent.size() == WINDOW) {
      recent.removeFirst();
    }
    recent.addLast(quality);
  }

  /** Empty until {@value #FEWEST} parts were seen. */
  public Optional<Drift> drift() {
    List<ImageQuality> seen;
    synchronized (this) {
      seen = List.copyOf(recent);
    }
    if (seen.size() < FEWEST) {
      return Optional.empty();
    }
    ImageQuality now = ImageQuality.median(seen);
    return Optional.of(new Drift(change(now.brightness(), usual.brightness()), change(now.contrast(), usual.contrast()),
        change(now.sharpness(), usual.sharpness()), seen.size()));
  }

  private static double change(double now, double usual) {
    return usual > 0 ? now / usual - 1 : 0;
  }
}
