package io.kerf;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentationTest {
  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultIsInTheTableWithItsStatus(Fault fault) throws IOException {
    assertThat(Files.readString(Path.of("docs/api.md"))).contains("| `" + fault.code() + "` | " + fault.httpStatus() + " | " + fault.title() + " |");
  }

  @Test
  void theReadmeNamesFilesThatExist() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    java.util.regex.Matcher link = java.util.regex.Pattern.compile("]\\(([^)#:]+)\\)").matcher(readme);
    while (link.find()) {
      assertThat(Path.of(link.group(1))).as(link.group(1)).exists();
    }
  }
}
