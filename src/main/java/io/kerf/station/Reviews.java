package io.kerf.station;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.Review;
import io.kerf.inspection.store.ReviewStore;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.model.Change;
import io.kerf.model.Truth;
import io.kerf.training.normals.CollectingPolicy;
import io.kerf.training.normals.GoldenSet;
import io.kerf.training.normals.Normal;
import io.kerf.training.normals.NormalPool;
import io.kerf.training.normals.Origin;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.normals.Standing;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What people say of parts that were judged: "this one was good" makes it a confirmed normal, "this one was bad" takes it from the normals
 * and into the golden set, which every new model must judge right. Each word can be taken back, and repeating one does no harm.
 */
public final class Reviews {
  private final InspectionStore inspections;
  private final ReviewStore reviews;
  private final RecipeImages images;
  private final Clock clock;

  Reviews(InspectionStore inspections, ReviewStore reviews, RecipeImages images, Clock clock) {
    this.inspections = inspections;
    this.reviews = reviews;
    this.images = images;
    this.clock = clock;
  }

  /**
   * Keeps a word on a part.
   *
   * @param id of the inspection
   * @param by who says it
   * @throws FaultException {@link Fault#NOT_FOUND} where there is no such inspection or its image is gone
   */
  public synchronized Review say(String id, Truth truth, String by) {
    StoredInspection stored = stored(id);
    byte[] image = inspections.image(stored).orElseThrow(() -> new FaultException(Fault.NOT_FOUND,
        "The image of inspection " + id + " is no longer kept, so nothing can be learnt from it. Say it of a part whose image is there."));
    reviews.byId(id).filter(said -> said.truth() != truth).ifPresent(this::undo);
    Inspection inspection = stored.inspection();
    NormalPool normals = images.normals(inspection.recipe());
    Optional<String> before = reviews.byId(id).map(Review::standingBefore).orElseGet(() -> normals.byId(id).map(Normal::standing).map(Standing::name));
    Review review = new Review(id, inspection.recipe(), truth, by, now(), before);
    // First, so that a word whose consequences a crash cut short can be taken back or said again.
    reviews.put(review);
    inspections.hold(id);
    Origin origin = origin(inspection, by);
    String extension = stored.evidence().orElseThrow().imageExtension();
    switch (truth) {
      case GOOD -> normals.add(id, Standing.CONFIRMED, image, extension, origin, images.thumbnail(image));
      case BAD -> {
        images.golden(inspection.recipe()).add(id, Truth.BAD, image, extension, origin);
        normals.remove(id);
      }
    }
    return review;
  }

  /** Offers a part that passed to the normals, unless somebody said that it was bad. */
  synchronized void offer(StoredInspection stored, CollectingPolicy policy) {
    Inspection inspection = stored.inspection();
    Optional<byte[]> image = inspections.image(stored);
    boolean saidToBeBad = reviews.byId(inspection.id()).filter(review -> review.truth() == Truth.BAD).isPresent();
    if (image.isPresent() && !saidToBeBad) {
      images.normals(inspection.recipe()).offer(policy, inspection.id(), image.get(), stored.evidence().orElseThrow().imageExtension(),
          origin(inspection, Change.STATION), images.thumbnail(image.get()));
    }
  }

  /** What was said of a part. */
  public Optional<Review> of(String id) {
    return reviews.byId(id);
  }

  /** Takes back what was said of a part; empty where nothing was. */
  public synchronized Optional<Review> takeBack(String id) {
    Optional<Review> said = reviews.byId(id);
    said.ifPresent(this::undo);
    return said;
  }

  private void undo(Review said) {
    NormalPool normals = images.normals(said.recipe());
    Optional<Standing> before = said.standingBefore().map(Standing::valueOf);
    switch (said.truth()) {
      case GOOD -> {
        if (before.isPresent()) {
          normals.stand(said.inspection(), before.get());
        } else {
          normals.remove(said.inspection());
        }
      }
      case BAD -> {
        GoldenSet golden = images.golden(said.recipe());
        Optional<GoldenSet.Golden> kept = golden.byId(said.inspection());
        Optional<byte[]> image = golden.image(said.inspection());
        if (before.isPresent() && kept.isPresent() && image.isPresent()) {
          String name = kept.get().image().getFileName().toString();
          normals.add(said.inspection(), before.get(), image.get(), name.substring(name.lastIndexOf('.') + 1), kept.get().origin(), images.thumbnail(image.get()));
        }
        golden.remove(said.inspection());
      }
    }
    reviews.remove(said.inspection());
  }

  private StoredInspection stored(String id) {
    return inspections.byId(id).orElseThrow(() -> new FaultException(Fault.NOT_FOUND,
        "There is no inspection " + id + ": it never was, or is older than the records that are kept."));
  }

  /** Where the image of a part comes from. @param by who or what adds it to a set */
  private Origin origin(Inspection inspection, String by) {
    OptionalDouble pValue = inspection.judgement().map(Judgement::pValue).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    return new Origin(Optional.of(inspection.id()), inspection.lot(), pValue, now(), by);
  }

  /** As the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
