package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.inspection.LineTraffic;
import io.kerf.inspection.rescore.Rescorer;
import io.kerf.inspection.store.EvidenceFolder;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.model.BundleStore;
import io.kerf.storage.DataFolder;
import io.kerf.storage.Database;
import java.nio.file.Files;
import java.time.Clock;

/** What a station recorded in the data folder, to look at alone, whether one runs on it or not. */
final class StoredParts {
  /** What the station let in once is let in again, whatever its limits were then. */
  private static final ImageLimits AS_STORED = new ImageLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final DataFolder folder;
  private final Clock clock;
  private final InspectionStore store;

  private StoredParts(DataFolder folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    this.store = new InspectionStore(new Database(folder.database(), clock).readOnly(), new EvidenceFolder(folder.evidence()), recorded -> {});
  }

  /** @param fault of a folder in which no station recorded parts */
  static StoredParts open(Fault fault, Clock clock) {
    DataFolder folder = new DataFolder(CommandConfig.dataFolder());
    if (!Files.isRegularFile(folder.database())) {
      throw new FaultException(fault, "There is no " + folder.database()
          + ": no station has recorded parts in this data folder. Set KERF_DATA to the folder of the station.");
    }
    return new StoredParts(folder, clock);
  }

  InspectionStore store() {
    return store;
  }

  BundleStore bundles(String recipe) {
    return new BundleStore(folder.models(recipe));
  }

  /** Judges them again, on the engine of the settings. */
  Rescorer rescorer(int maxChanges) {
    return new Rescorer(store, new ImageDecoder(AS_STORED), CommandConfig.engine(), CommandConfig.engineThreads(), new LineTraffic(System::nanoTime), maxChanges, clock,
        System::nanoTime);
  }
}
