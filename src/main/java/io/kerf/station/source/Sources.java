package io.kerf.station.source;

import io.kerf.config.document.CameraSettings;
import io.kerf.config.document.FolderSettings;
import io.kerf.config.document.SourceSettings;
import io.kerf.config.document.SourcesSection;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.store.InspectionRecorded;
import io.kerf.station.line.Condition;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Source;
import io.kerf.station.line.Source.Status;
import io.kerf.station.line.Trigger;
import io.kerf.station.line.Triggers;
import io.kerf.station.source.camera.Camera;
import io.kerf.station.source.camera.CameraSource;
import io.kerf.station.source.folder.FolderSource;
import io.kerf.station.source.folder.Records;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** The sources that run: those that the station document names, and those that every station has. Safe for many threads. */
public final class Sources implements Triggers, AutoCloseable {
  public static final String HTTP = "http";
  public static final String DEMO = "demo";
  private static final Logger LOG = Logger.getLogger(Sources.class);
  private static final String HTTP_WORKS = "Takes images that are sent.";

  private final Judging judging;
  private final Records records;
  private final Camera camera;
  private final Path claims;
  private final long maxImageBytes;
  private final PassiveSource http;
  private final PassiveSource demo;
  private final Map<String, Running> running = new TreeMap<>();
  /** Those that could not be started, by name; tried again. */
  private final Map<String, Status> notStarted = new TreeMap<>();
  private final Map<String, State> said = new LinkedHashMap<>();
  private volatile SourcesSection wanted = SourcesSection.DEFAULT;
  private volatile List<Source> all = List.of();
  private volatile List<Status> without = List.of();
  private boolean closed;

  private record Running(SourceSettings settings, Source source) {}

  /**
   * @param claims folder for what sources must not forget
   * @param maxImageBytes of an image
   */
  public Sources(Judging judging, Records records, Camera camera, Path claims, long maxImageBytes) {
    this.judging = judging;
    this.records = records;
    this.camera = camera;
    this.claims = claims;
    this.maxImageBytes = maxImageBytes;
    this.http = new PassiveSource(HTTP, judging.clock(), State.WORKS, HTTP_WORKS);
    this.demo = new PassiveSource(DEMO, judging.clock(), State.WORKS, "The simulated line.");
  }

  /** Stops what is not wanted, starts what is, starts anew what changed, and leaves the rest alone. Takes seconds where a camera is slow to close. */
  public synchronized void reconcile(SourcesSection section) {
    if (closed) {
      return;
    }
    wanted = section;
    http.is(State.WORKS, takesHttp() ? HTTP_WORKS : "Is switched off: the station document says sources.http.enabled: false.");
    bringAbout();
  }

  private void bringAbout() {
    Map<String, SourceSettings> now = new LinkedHashMap<>();
    running.forEach((name, one) -> now.put(name, one.settings));
    SourcePlan plan = SourcePlan.of(now, wanted.byName());
    plan.stop().forEach(name -> running.remove(name).source.close());
    notStarted.keySet().retainAll(plan.start());
    plan.start().forEach(this::start);
    all = running.values().stream().map(Running::source).toList();
    without = List.copyOf(notStarted.values());
  }

  private void start(String name) {
    SourceSettings settings = wanted.byName().get(name);
    try {
      running.put(name, new Running(settings, start(name, settings)));
      notStarted.remove(name);
    } catch (FaultException e) {
      Instant since = notStarted.containsKey(name) ? notStarted.get(name).condition().since() : judging.clock().instant();
      String words = "Cannot be started, and is tried again: " + e.detail();
      notStarted.put(name, new Status(name, settings instanceof FolderSettings ? "folder" : "camera", new Condition(State.FAILS, words, since), 0, 0, 0, Optional.empty()));
    }
  }

  private Source start(String name, SourceSettings settings) {
    if (settings instanceof FolderSettings folder) {
      return new FolderSource(name, folder, judging, records, claims.resolve(name + ".claim"), maxImageBytes);
    }
    return new CameraSource(name, (CameraSettings) settings, judging, camera);
  }

  /** Whether images that are sent to the station are judged. */
  public boolean takesHttp() {
    return wanted.http().enabled().orElse(true);
  }

  /** Of all sources; the demo line's where it ran. */
  public List<Status> statuses() {
    List<Status> statuses = new ArrayList<>();
    all.forEach(source -> statuses.add(source.status()));
    statuses.addAll(without);
    statuses.add(http.status());
    Optional.of(demo.status()).filter(status -> status.frames() > 0).ifPresent(statuses::add);
    return List.copyOf(statuses);
  }

  /** Says in the log what began to fail and what works again, and starts what could not be started. To be called every second or so. */
  public synchronized void tick() {
    if (closed) {
      return;
    }
    if (!notStarted.isEmpty()) {
      bringAbout();
    }
    Map<String, State> before = new LinkedHashMap<>(said);
    said.clear();
    for (Status status : statuses()) {
      Condition condition = status.condition();
      State last = before.getOrDefault(status.name(), State.STARTING);
      said.put(status.name(), condition.state());
      if (condition.state() == State.FAILS && last != State.FAILS) {
        LOG.errorf("Source %s fails: %s", status.name(), condition.words());
      } else if (condition.state() == State.WORKS && last == State.FAILS) {
        LOG.infof("Source %s works again: %s", status.name(), condition.words());
      }
    }
  }

  /** Counts for the sources that others serve. */
  public void recorded(InspectionRecorded recorded) {
    http.recorded(recorded);
    demo.recorded(recorded);
  }

  @Override
  public CompletableFuture<Outcome> fire(String name, Trigger trigger) {
    Optional<Source> found = all.stream().filter(source -> source.name().equals(name)).findFirst();
    if (found.isPresent() && found.get() instanceof CameraSource one) {
      return one.trigger(trigger);
    }
    Outcome.Missed missed = new Outcome.Missed(name, trigger.partId(), trigger.lot(), Fault.NO_SUCH_SOURCE.code(),
        "The station document names no camera " + name + ", so no part was judged. Cameras: " + all.stream().filter(CameraSource.class::isInstance).map(Source::name).toList() + ".",
        judging.clock().instant());
    judging.missed().accept(missed);
    return CompletableFuture.completedFuture(missed);
  }

  @Override
  public synchronized void close() {
    closed = true;
    running.values().forEach(one -> one.source.close());
    running.clear();
    all = List.of();
  }
}
