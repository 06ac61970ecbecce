package io.kerf.web;

import io.kerf.inspection.store.InspectionStore;
import io.kerf.storage.DataFolder;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the data folder can be written. */
@Readiness
@Singleton
final class DataFolderCheck implements HealthCheck {
  private final DataFolder folder;
  private final InspectionStore inspections;

  DataFolderCheck(DataFolder folder, InspectionStore inspections) {
    this.folder = folder;
    this.inspections = inspections;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("data-folder").withData("path", folder.root().toString());
    inspections.shortage().ifPresent(shortage -> answer.withData("shortage", shortage));
    try {
      folder.prove();
      return answer.withData("freeBytes", folder.usableBytes()).up().build();
    } catch (IOException e) {
      return answer.withData("problem", String.valueOf(e.getMessage())).down().build();
    }
  }
}
