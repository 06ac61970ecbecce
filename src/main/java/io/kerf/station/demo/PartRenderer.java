package io.kerf.station.demo;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A simulated camera over a simulated line.
 *
 * <p>Part n of a seed is always the same part in the same light, whether spoiled or not: only the defect is added. Buffers are
 * reused, so the methods take turns; pictures of one size need the same memory however many are taken.
 */
public final class PartRenderer {
  /** The smallest side of a picture, below which bolt holes are no longer holes. */
  public static final int SMALLEST_PX = 96;

  private final long seed;
  private final Grain grain;
  private final Belt belt;
  private final Flange flange;
  private final Surface surface;
  private final Camera camera;
  private final float[] light;
  private long parts;

  /**
   * @param seed of everything that is random
   * @throws IllegalArgumentException if a side is under {@link #SMALLEST_PX}
   */
  public PartRenderer(long seed, int widthPx, int heightPx) {
    if (Math.min(widthPx, heightPx) < SMALLEST_PX) {
      throw new IllegalArgumentException("pictures of " + widthPx + "×" + heightPx + " px are under " + SMALLEST_PX + " px");
    }
    this.seed = seed;
    grain = new Grain(new SplittableRandom(seed));
    belt = new Belt(grain);
    flange = new Flange(grain, Scene.RADIUS * Math.min(widthPx, heightPx));
    surface = new Surface(widthPx, heightPx);
    camera = new Camera(widthPx, heightPx, grain);
    light = new float[widthPx * heightPx];
  }

  /** The next part of a line that spoils a share 0…1 of its parts. */
  public synchronized RenderedPart nextOf(double defectRate) {
    return next(new SplittableRandom(~partSeed(parts)).nextDouble() < defectRate);
  }

  /** The next part, spoiled or good. */
  public synchronized RenderedPart next(boolean spoiled) {
    SplittableRandom random = new SplittableRandom(partSeed(parts++));
    SplittableRandom mishap = random.split();
    Scene scene = Scene.draw(surface.widthPx, surface.heightPx, random);
    make(scene);
    Optional<DefectKind> kind = spoiled ? Optional.of(DefectKind.draw(mishap)) : Optional.empty();
    kind.ifPresent(defect -> defect.spoil(new Workpiece(surface, scene, flange, grain), mishap));
    new Lamp(scene).shine(surface, light);
    byte[] jpeg = camera.take(light, surface.warmth, scene);
    return new RenderedPart(jpeg, String.format(Locale.ROOT, "DEMO-%06d", parts), spoiled, kind.map(DefectKind::label));
  }

  private void make(Scene scene) {
    belt.cover(surface, scene);
    flange.turn(surface, scene);
    for (int hole = 0; hole < Flange.HOLES; hole++) {
      flange.drill(surface, scene, hole);
    }
    flange.drillDowelHole(surface, scene);
    flange.peen(surface, scene);
  }

  private long partSeed(long part) {
    return new SplittableRandom(seed + part * 0x9E3779B97F4A7C15L).nextLong();
  }
}
