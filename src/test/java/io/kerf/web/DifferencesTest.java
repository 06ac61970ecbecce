package io.kerf.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.web.Differences.Difference;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static java.util.List<String> between(String first, String second) throws Exception {
    return Differences.between(JSON.readTree(first), JSON.readTree(second)).stream().map(DifferencesTest::words).toList();
  }

  private static String words(Difference one) {
    return one.path() + " " + one.first() + " " + one.second();
  }

  @Test
  void namesWhatDiffersByItsPath() throws Exception {
    assertThat(between("{'a': 1, 'b': {'c': 'x', 'd': true}}".replace('\'', '"'), "{'a': 1, 'b': {'c': 'y', 'd': true}}".replace('\'', '"')))
        .containsExactly("/b/c \"x\" \"y\"");
    assertThat(between("{}", "{}")).isEmpty();
  }

  @Test
  void whatOnlyOneHasIsADifference() throws Exception {
    assertThat(between("{\"a\": 1}", "{\"b\": null}")).containsExactly("/a 1 null", "/b null null");
  }

  @Test
  void listsOfNumbersAreNotToldListsOfWordsAre() throws Exception {
    assertThat(between("{\"curve\": [1, 2], \"reasons\": [\"one\"]}", "{\"curve\": [3], \"reasons\": [\"one\", \"two\"]}"))
        .containsExactly("/reasons [\"one\"] [\"one\",\"two\"]");
  }
}
