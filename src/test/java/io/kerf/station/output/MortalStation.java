package io.kerf.station.output;

import io.kerf.config.document.OutboxSettings;
import io.kerf.config.document.OutputsSection;
import io.kerf.config.document.WebhookSettings;
import io.kerf.inspection.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A process that records verdicts as fast as it can and tells a webhook of them, until it is killed: {@code <folder> <url>}. Prints each identifier once it is on record. */
final class MortalStation {
  private MortalStation() {}

  public static void main(String[] arguments) throws Exception {
    Parts parts = new Parts(Path.of(arguments[0]));
    Outputs outputs = Outputs.of(parts.dataSource, parts.store, Parts.JSON, parts.ids::next, new FakeTriggers(), new NoChoice(), Parts.CLOCK, System::nanoTime).start();
    parts.told = outputs::tell;
    WebhookSettings settings = new WebhookSettings(arguments[1], null, null, null, null, new OutboxSettings(null, 10_000, Duration.ZERO));
    outputs.reconcile("s", new OutputsSection(null, Map.of("mes", settings), null, null));
    Awaiting.until("it knows where it begins", () -> parts.table.cursor("mes").isPresent());
    boolean judging = arguments.length == 2;
    System.out.println("ready");
    for (int i = 0; judging; i++) {
      System.out.println(parts.judge(Verdict.values()[i % 3]));
    }
    Thread.sleep(Duration.ofMinutes(2).toMillis());
  }
}
