package io.kerf.station.source.camera;

import io.kerf.config.document.CameraSettings;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Frame;
import io.kerf.inspection.Inspection;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Trigger;
import io.kerf.station.source.Judging;
import io.kerf.station.source.Tally;
import io.kerf.station.source.camera.Camera.CameraFrame;
import io.kerf.station.source.camera.FrameQueue.Job;
import io.kerf.station.source.camera.PendingTriggers.Pending;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Has frames judged and says what became of the parts they show. */
final class FrameJudge {
  private static final Logger LOG = Logger.getLogger(FrameJudge.class);
  private static final long SAID_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String name;
  private final CameraSettings settings;
  private final Judging judging;
  private final Tally tally;
  private Optional<Long> saidAt = Optional.empty();

  FrameJudge(String name, CameraSettings settings, Judging judging, Tally tally) {
    this.name = name;
    this.settings = settings;
    this.judging = judging;
    this.tally = tally;
  }

  /** Judges a frame, where it is not too old, and closes it. Throws nothing. */
  void judge(Job job) {
    try (CameraFrame frame = job.frame()) {
      long age = judging.nanos().getAsLong() - frame.capturedNanos();
      if (age > settings.staleAfter().toNanos()) {
        throw new FaultException(Fault.STALE_FRAME, "A frame of camera " + name + " was " + TimeUnit.NANOSECONDS.toMillis(age)
            + " ms old when its turn came, so it was not judged: the line is faster than the station.");
      }
      byte[] image = frame.encoded();
      Instant captured = judging.clock().instant().minusNanos(judging.nanos().getAsLong() - frame.capturedNanos()).truncatedTo(ChronoUnit.MILLIS);
      if (job.triggers().isEmpty()) {
        inspect(image, Optional.empty(), Optional.empty(), captured);
      }
      for (Pending asked : job.triggers()) {
        judge(asked, image, captured);
      }
      tally.judged();
    } catch (FaultException e) {
      dropped(job, e);
    } catch (CameraFailure e) {
      dropped(job, new FaultException(Fault.NO_FRAME, "A frame of camera " + name + " could not be used: " + e.getMessage() + "."));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf(e, "A frame of camera %s could not be judged", name);
      dropped(job, new FaultException(Fault.INTERNAL, "Something failed inside the station while it judged a frame of camera " + name + ". Its log says more."));
    }
  }

  private void judge(Pending asked, byte[] image, Instant captured) {
    Trigger trigger = asked.trigger();
    asked.outcome().complete(new Outcome.Judged(inspect(image, trigger.partId(), trigger.lot(), captured)));
  }

  private Inspection inspect(byte[] image, Optional<String> partId, Optional<String> lot, Instant captured) {
    return judging.inspector().inspect(new Frame(image, judging.recipes().forPart(settings.recipe(), partId), partId, lot, name, captured));
  }

  private void dropped(Job job, FaultException why) {
    tally.dropped();
    if (job.triggers().isEmpty()) {
      say(why);
    }
    job.triggers().stream().filter(asked -> !asked.outcome().isDone()).forEach(asked -> missed(asked, why.fault(), why.detail()));
  }

  /** Not with each frame, as they come thirty a second. */
  private void say(FaultException why) {
    long now = judging.nanos().getAsLong();
    if (saidAt.map(last -> now - last >= SAID_AGAIN_NANOS).orElse(true)) {
      saidAt = Optional.of(now);
      LOG.warnf("%s (%s; said once a minute)", why.detail(), why.fault().code());
    }
  }

  /** Tells of a part that was not judged: first the line, then whoever triggered it. */
  void missed(Pending asked, Fault fault, String detail) {
    Trigger trigger = asked.trigger();
    Outcome.Missed missed = new Outcome.Missed(name, trigger.partId(), trigger.lot(), fault.code(), detail, judging.clock().instant());
    try {
      judging.missed().accept(missed);
    } catch (RuntimeException e) {
      LOG.errorf(e, "Who hears of missed parts failed");
    }
    asked.outcome().complete(missed);
  }
}
