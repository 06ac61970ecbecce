package io.kerf.cli;

import io.kerf.config.Version;
import picocli.CommandLine;

/** {@code kerf --version}. */
final class VersionProvider implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"kerf " + Version.CURRENT + ", Java " + Runtime.version()};
  }
}
