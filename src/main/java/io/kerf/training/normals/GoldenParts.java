package io.kerf.training.normals;

import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.Picture;
import io.kerf.model.Assessment;
import io.kerf.model.Bundle;
import io.kerf.model.Generation;
import io.kerf.model.GoldenCheck;
import io.kerf.model.PartJudge.StageClock;
import io.kerf.model.Truth;
import io.kerf.training.normals.GoldenSet.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Shows a recipe's golden bad parts to the model in use and to the next one: what the first finds the second must find. */
public final class GoldenParts implements GoldenCheck {
  private static final Logger LOG = Logger.getLogger(GoldenParts.class);

  private final RecipeImages images;
  private final ImageDecoder decoder;

  public GoldenParts(RecipeImages images, ImageDecoder decoder) {
    this.images = images;
    this.decoder = decoder;
  }

  @Override
  public Optional<String> objection(String recipe, Generation.Lease current, Generation.Lease next) {
    List<String> missed = new ArrayList<>();
    for (Golden part : images.goldenOf(recipe).map(GoldenSet::all).orElse(List.of())) {
      if (part.truth() == Truth.BAD && !finds(recipe, part, next) && finds(recipe, part, current)) {
        missed.add(part.id());
      }
    }
    return missed.isEmpty() ? Optional.empty() : Optional.of("Bundle " + Bundle.shortened(next.bundle().digest()) + " misses " + missed.size() + " bad part"
        + (missed.size() == 1 ? "" : "s") + " of the golden set that the model in use finds, the first of them " + missed.get(0)
        + ". It is not used. Look at the parts: where one is good after all, take back what was said of it.");
  }

  /** Which golden parts of a recipe a model judges as they are: the bad ones NG, the good ones OK. */
  public Set<String> judgedRight(String recipe, Generation.Lease model) {
    return images.goldenOf(recipe).map(GoldenSet::all).orElse(List.of()).stream()
        .filter(part -> judge(recipe, part, model).filter(judged -> judged.rejected() == (part.truth() == Truth.BAD)).isPresent()).map(Golden::id).collect(Collectors.toSet());
  }

  private boolean finds(String recipe, Golden part, Generation.Lease model) {
    return judge(recipe, part, model).filter(Assessment.Judged::rejected).isPresent();
  }

  /** An image that is gone or cannot be read says nothing against anyone. */
  private Optional<Assessment.Judged> judge(String recipe, Golden part, Generation.Lease model) {
    try {
      Optional<byte[]> image = images.golden(recipe).image(part.id());
      if (image.isEmpty()) {
        return Optional.empty();
      }
      Picture picture = decoder.decode(image.get(), model.bundle().manifest().preprocessing().neededShortSidePx()).picture();
      return model.judgeAside().assess(picture, StageClock.NONE) instanceof Assessment.Judged judged ? Optional.of(judged) : Optional.empty();
    } catch (FaultException e) {
      LOG.warnf("The golden part %s of recipe %s could not be shown to a model: %s", part.id(), recipe, e.getMessage());
      return Optional.empty();
    }
  }
}
