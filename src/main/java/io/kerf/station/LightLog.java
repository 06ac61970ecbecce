package io.kerf.station;

import io.kerf.model.ActiveModels;
import io.kerf.model.LightWatch;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Remembers every five minutes how the light of the last parts of the recipe at hand differed from that of the good parts its model was learnt from: a lamp that
 * ages shows as a slope. A day of it, in memory: a restart begins anew.
 */
@Singleton
public final class LightLog {
  /** A day. */
  static final int MOST_POINTS = 288;
  /** The one that was at hand longest ago gives way. */
  static final int MOST_RECIPES = 64;

  private final Supplier<String> recipe;
  private final Function<String, Optional<LightWatch.Drift>> drift;
  private final Clock clock;
  private final Map<String, Deque<Point>> points = new LinkedHashMap<>(16, 0.75f, true);

  /** How the last hundred parts were at a time. */
  public record Point(Instant at, LightWatch.Drift drift) {}

  @Inject
  LightLog(ActiveModels models, StationMonitor monitor, Clock clock) {
    this(() -> monitor.status().recipe(), recipe -> models.current(recipe).flatMap(generation -> generation.light().drift()), clock);
  }

  /** @param recipe gives the one at hand; @param drift of a recipe's last parts */
  LightLog(Supplier<String> recipe, Function<String, Optional<LightWatch.Drift>> drift, Clock clock) {
    this.recipe = recipe;
    this.drift = drift;
    this.clock = clock;
  }

  @Scheduled(every = "5m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  synchronized void look() {
    String atHand = recipe.get();
    drift.apply(atHand).ifPresent(now -> {
      Deque<Point> day = points.computeIfAbsent(atHand, any -> new ArrayDeque<>());
      if (day.size() == MOST_POINTS) {
        day.removeFirst();
      }
      day.addLast(new Point(clock.instant(), now));
      if (points.size() > MOST_RECIPES) {
        points.remove(points.keySet().iterator().next());
      }
    });
  }

  /** Oldest first, up to this moment. */
  public synchronized List<Point> of(String recipe) {
    List<Point> day = new ArrayList<>(points.getOrDefault(recipe, new ArrayDeque<>()));
    drift.apply(recipe).ifPresent(now -> day.add(new Point(clock.instant(), now)));
    return List.copyOf(day);
  }
}
