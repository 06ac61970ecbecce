package io.kerf.model;

import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.TiledEncoder;
import io.kerf.imaging.Preprocessing;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A bundle loaded and warmed in memory. Requests hold a {@link Lease} on it.
 *
 * <ol>
 *   <li>While a lease is open the encoder is open.
 *   <li>After {@link #retire} no new lease is given, and the encoder is closed when the last one is.
 *   <li>Native memory is closed once, by the closer, never under this object's lock and never while a request waits for it.
 * </ol>
 */
public final class Generation {
  private final Bundle bundle;
  private final Encoder encoder;
  private final LightWatch light;
  private final PartJudge judge;
  private final Executor closer;
  private int leases;
  private boolean retired;

  Generation(Bundle bundle, Encoder encoder, LightWatch light, Executor closer) {
    this.bundle = bundle;
    this.encoder = encoder;
    this.light = light;
    this.judge = new PartJudge(bundle, encoder, light);
    this.closer = closer;
  }

  /** Loads and warms a bundle's encoder, which is closed on the thread that lets go last. @param threads that one inference may use */
  public static Generation open(Bundle bundle, String engine, int threads) {
    return open(bundle, EncoderSource.on(engine, threads), Runnable::run);
  }

  /** Loads and warms a bundle's encoder, which is closed on the thread that lets go last. */
  public static Generation open(Bundle bundle, EncoderSource encoders) {
    return open(bundle, encoders, Runnable::run);
  }

  /** Loads and warms a bundle's encoder. @param closer runs what frees its native memory */
  static Generation open(Bundle bundle, EncoderSource encoders, Executor closer) {
    Encoder encoder = encoders.open(bundle);
    Preprocessing frame = bundle.manifest().preprocessing();
    try {
      encoder.encode(frame.widthPx(), frame.heightPx(), new float[3 * frame.widthPx() * frame.heightPx()]);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
    return new Generation(bundle, encoder, new LightWatch(bundle.rules().usualLight()), closer);
  }

  /** The encoder in a folder, as a bundle's verdicts see it. */
  public static Encoder encoder(Path folder, Set<EncoderOutput> outputs, Manifest.Tiling tiling, String engine, int threads) {
    return new TiledEncoder(DjlEncoder.load(folder, outputs, engine, threads), tiling.tilePx(), tiling.overlapPx());
  }

  public Bundle bundle() {
    return bundle;
  }

  public String engine() {
    return encoder.engine();
  }

  /** How the light of the parts it judged differs from what it was learnt in. */
  public LightWatch light() {
    return light;
  }

  /** Empty once retired. */
  public synchronized Optional<Lease> lease() {
    if (retired) {
      return Optional.empty();
    }
    leases++;
    return Optional.of(new Lease());
  }

  /** Gives no more leases, and closes the encoder now or with the last lease. */
  public void retire() {
    boolean idle;
    synchronized (this) {
      idle = !retired && leases == 0;
      retired = true;
    }
    if (idle) {
      closer.execute(encoder::close);
    }
  }

  /** Frames that hold a lease now. */
  synchronized int leases() {
    return leases;
  }

  private void release() {
    boolean last;
    synchronized (this) {
      leases--;
      last = retired && leases == 0;
    }
    if (last) {
      closer.execute(encoder::close);
    }
  }

  /** Pins the generation for one frame: encoder, density, calibration and record all come from the same bundle. */
  public final class Lease implements AutoCloseable {
    private boolean open = true;

    private Lease() {}

    public Bundle bundle() {
      return bundle;
    }

    /** Name of what runs the encoder now. */
    public String engine() {
      return encoder.engine();
    }

    public PartJudge judge() {
      return judge;
    }

    /** Judges as {@link #judge} does, but what it sees does not count as the light of the line. */
    public PartJudge judgeAside() {
      return new PartJudge(bundle, encoder, new LightWatch(bundle.rules().usualLight()));
    }

    @Override
    public void close() {
      if (open) {
        open = false;
        release();
      }
    }
  }
}
