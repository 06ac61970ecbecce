package io.kerf.fleet.protocol;

/** Where a deployment stands, as the fleet is told. */
public enum ReportState {
  RECEIVED, REJECTED, VALIDATED, STAGED, APPLYING, PROBATION, COMMITTED, ROLLED_BACK, ROLLBACK_FAILED;

  static ReportState of(Deployment.State state) {
    return switch (state) {
      case STAGED -> STAGED;
      case APPLYING -> APPLYING;
      case PROBATION, ROLLING_BACK -> PROBATION;
      case COMMITTED -> COMMITTED;
      case ROLLED_BACK -> ROLLED_BACK;
      case ROLLBACK_FAILED -> ROLLBACK_FAILED;
    };
  }
}
