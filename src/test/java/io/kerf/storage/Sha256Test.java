package io.kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  /** FIPS 180-2, appendix B.1. */
  private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isTheStandardsOfBytesAndOfAFile(@TempDir Path temp) throws IOException {
    assertThat(Sha256.of("abc".getBytes())).isEqualTo(OF_ABC);
    assertThat(Sha256.of(Files.writeString(temp.resolve("abc"), "abc"))).isEqualTo(OF_ABC);
  }
}
