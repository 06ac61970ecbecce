package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Frame;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.InspectionLog;
import io.kerf.inspection.Inspector;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.Verdict;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Judges by what the bytes spell: {@code ok…}, {@code ng…}, {@code dark…}, {@code boom…}, {@code hold…}; anything else is no image. */
@Alternative
@Singleton
public class FakeInspector implements Inspector {
  static final byte[] HEAT_MAP = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};
  static final StationMark MARK = new StationMark("press-4", Optional.of("d0c"));
  static final Timings TIMINGS = new Timings(1, 2, 3, 4, 0.5, 10.5);

  private final InspectionLog log;
  private final InspectionIds ids;
  volatile CountDownLatch release = new CountDownLatch(0);
  volatile CountDownLatch held = new CountDownLatch(0);

  FakeInspector(InspectionLog log, InspectionIds ids) {
    this.log = log;
    this.ids = ids;
  }

  @Override
  public Inspection inspect(Frame frame) {
    String bytes = new String(frame.image(), StandardCharsets.ISO_8859_1);
    if (bytes.startsWith("boom")) {
      throw new IllegalStateException("a secret of the inside");
    }
    if (bytes.startsWith("hold")) {
      hold();
    }
    Verdict verdict = verdict(bytes);
    Optional<Judgement> judgement = verdict == Verdict.UNJUDGED
        ? Optional.empty()
        : Optional.of(new Judgement("sha256:b0b", verdict == Verdict.OK ? 12.5 : 99.25, verdict == Verdict.OK ? 0.5 : 0.0125, 40, Optional.of("OnnxRuntime")));
    Optional<Reason> reason = judgement.isPresent() ? Optional.empty() : Optional.of(new Reason("too-dark", "The image is too dark: see the light."));
    Inspection inspection =
        new Inspection(ids.next(), frame.capturedAt(), frame.recipe(), frame.partId(), frame.lot(), frame.source(), MARK, verdict, judgement, reason, TIMINGS);
    log.record(inspection, frame.image(), judgement.map(any -> HEAT_MAP));
    return inspection;
  }

  private static Verdict verdict(String bytes) {
    if (bytes.startsWith("ok") || bytes.startsWith("hold") || bytes.startsWith("\u00ff\u00d8\u00ff")) {
      return Verdict.OK;
    }
    if (bytes.startsWith("ng")) {
      return Verdict.NG;
    }
    if (bytes.startsWith("dark")) {
      return Verdict.UNJUDGED;
    }
    throw new FaultException(Fault.NOT_AN_IMAGE, "The bytes are not a JPEG, PNG, BMP or TIFF image. See what the sender sends.");
  }

  private void hold() {
    held.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
