package io.kerf.inspection.store;

import io.kerf.inspection.InspectionIds;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** Identifiers go on from the last one on record, so that their order survives a clock that was set back while the station was off. */
final class IdProducer {
  @Produces
  @Singleton
  InspectionIds ids(Clock clock, InspectionStore store) {
    Optional<String> last = store.latest(Optional.empty()).map(stored -> stored.inspection().id());
    return new InspectionIds(clock, new SecureRandom(), last);
  }
}
