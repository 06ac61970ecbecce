package io.kerf.packaged;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A test that needs a browser is skipped where there is none; on the build server ({@code CI=true}) that is a failure. */
final class Browsers {
  private Browsers() {}

  static void require(Path executable) {
    if (!Files.isExecutable(executable)) {
      if ("true".equals(System.getenv("CI"))) {
        fail("There is no browser at " + executable + ", and on the build server no test may be skipped.");
      }
      Assumptions.abort("No browser at " + executable + "; install Chromium to run this test.");
    }
  }
}
