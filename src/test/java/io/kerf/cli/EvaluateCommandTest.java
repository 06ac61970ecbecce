package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EvaluateCommandTest {
  private final StringWriter err = new StringWriter();

  private int evaluate(String arguments) {
    CommandLine line = KerfMain.commandLine();
    line.setOut(new PrintWriter(new StringWriter()));
    line.setErr(new PrintWriter(err));
    return line.execute(("evaluate " + arguments).split(" "));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "set --seeds 1,two --report r | 'two' is not a long",
      "set --seeds 1,,2 --report r | '' is not a long",
      "set --budgets 2m,soon --report r | 'soon' is not a time such as 90s, 5m or 2h",
      "set --budgets 0s --report r | a time of zero trains nothing",
      "set --seeds 1,2 | name a folder for them with --report",
      "one two | name a folder for them with --report",
      "set --seeds 1,2 --seed 3 --report r | --seed and --seeds exclude each other",
      "set --budgets 2m --steps 5 --report r | --steps and --budgets exclude each other",
      "set --budgets 2m --budget 5m --report r | --budget and --budgets exclude each other",
      "set --budgets 2m --encoder-only random --report r | --encoder-only and --budgets exclude each other",
      "one two --bundle b --report r | --bundle measures one model on one set",
      "set --bundle b --normals 5 | has learnt already",
      "set --normals 0 | --normals takes a number of good parts, not 0",
      "--report r | Missing required parameter: 'SET'"})
  void whatContradictsItselfIsRefusedBeforeAnythingIsRead(String arguments, String expected) {
    assertThat(evaluate(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "nowhere --report r", "nowhere elsewhere --seeds 1,2 --budgets 2m,5m --report r"})
  void aSetThatIsNotThereIsTheInputsFault(String arguments) {
    assertThat(evaluate(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains("[dataset-invalid]");
  }
}
