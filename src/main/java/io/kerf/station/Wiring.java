package io.kerf.station;

import io.kerf.config.KerfConfig;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.InspectionLog;
import io.kerf.inspection.InspectionPipeline;
import io.kerf.inspection.Inspector;
import io.kerf.model.ActiveModels;
import io.kerf.model.BundleStore;
import io.kerf.storage.DataFolder;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the inside together for the serving process; the inside itself knows no container. */
final class Wiring {
  @Produces
  @Singleton
  ActiveModels models(DataFolder folder, KerfConfig config, Clock clock) {
    return new ActiveModels(recipe -> new BundleStore(folder.models(recipe)), config.engine().name(), config.engine().threads(),
        config.engine().drain(), clock, System::nanoTime);
  }

  void close(@Disposes ActiveModels models) {
    models.close();
  }

  @Produces
  @Singleton
  Inspector inspector(KerfConfig config, ActiveModels models, InspectionLog log, InspectionIds ids) {
    ImageLimits limits = new ImageLimits(config.image().maxBytes().asLongValue(), config.image().maxPixels());
    return new InspectionPipeline(new ImageDecoder(limits), models, log, ids::next);
  }
}
