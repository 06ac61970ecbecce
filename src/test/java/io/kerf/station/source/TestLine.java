package io.kerf.station.source;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Frame;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.Inspector;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.RecipeChoice;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A line whose inspector judges by what the bytes spell: {@code half…} is cut short, {@code odd…} is of no supported kind, {@code boom…} fails inside, anything else
 * is recorded. A trouble that is set befalls every part.
 */
public final class TestLine implements Inspector, RecipeChoice {
  public final List<Frame> judged = new CopyOnWriteArrayList<>();
  public final List<Outcome.Missed> missed = new CopyOnWriteArrayList<>();
  public final Map<String, Inspection> records = new ConcurrentHashMap<>();
  public volatile Optional<FaultException> trouble = Optional.empty();
  public volatile Runnable before = () -> {};

  public Judging judging() {
    return new Judging(this, this, Clock.systemUTC(), System::nanoTime, missed::add);
  }

  @Override
  public Inspection inspect(Frame frame) {
    before.run();
    trouble.ifPresent(fault -> {
      throw fault;
    });
    String bytes = new String(frame.image(), StandardCharsets.ISO_8859_1);
    if (bytes.isEmpty() || bytes.startsWith("half")) {
      throw new FaultException(Fault.IMAGE_TRUNCATED, "The image ends too early.");
    }
    if (bytes.startsWith("odd")) {
      throw new FaultException(Fault.IMAGE_UNSUPPORTED, "The image is a film.");
    }
    if (bytes.startsWith("boom")) {
      throw new IllegalStateException("boom");
    }
    Inspection inspection = new Inspection(frame.id().orElseGet(() -> UUID.randomUUID().toString()), frame.capturedAt(), frame.recipe(), frame.partId(), frame.lot(),
        frame.source(), StationMark.UNKNOWN, Verdict.UNJUDGED, Optional.empty(), Optional.of(new Inspection.Reason("no-model", "There is no model.")), new Timings(0, 0, 0, 0, 0, 0));
    judged.add(frame);
    records.put(inspection.id(), inspection);
    return inspection;
  }

  public List<String> parts() {
    return judged.stream().map(frame -> frame.partId().orElse("")).toList();
  }

  @Override
  public String forPart(Optional<String> asked, Optional<String> partId) {
    return asked.orElse("default");
  }

  @Override
  public String inUse() {
    return "default";
  }

  @Override
  public void useNamed(String recipe, String by) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int numberInUse() {
    return 0;
  }

  @Override
  public void useNumber(int number, String by) {
    throw new UnsupportedOperationException();
  }
}
