package io.kerf.cli;

import io.kerf.training.WorkerEvent;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows training on standard error: a bar with the time left on a terminal, a plain line every ten seconds elsewhere. */
final class TrainingDisplay implements Consumer<WorkerEvent>, AutoCloseable {
  private static final int BAR_TICKS = 1000;
  private static final double PLAIN_LINE_SECONDS = 10;

  private final PrintWriter err;
  private final boolean terminal = System.console() != null;
  private ProgressBar bar;
  private double nextLine;

  TrainingDisplay(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void accept(WorkerEvent event) {
    if (event instanceof WorkerEvent.Started started) {
      line("Training with " + started.engine() + " on " + started.threads() + " threads, " + started.images() + " good parts"
          + (started.resumedAt() > 0 ? ", going on from step " + started.resumedAt() : ""));
    } else if (event instanceof WorkerEvent.Progress progress) {
      progress(progress);
    } else if (event instanceof WorkerEvent.Stage stage && (stage.name().equals("export") || stage.name().equals("fit"))) {
      close();
      line(stage.name().equals("export") ? "Exporting to ONNX and checking it" : "Fitting the density and calibrating the threshold");
    }
  }

  private void progress(WorkerEvent.Progress progress) {
    String figures = String.format(Locale.ROOT, "step %d, loss %.3f, pretext accuracy %.0f %%, %.0f images/s", progress.step(), progress.loss(),
        100 * progress.accuracy(), progress.imagesPerSecond());
    if (terminal) {
      if (bar == null) {
        bar = new ProgressBarBuilder().setTaskName("Training").setInitialMax(BAR_TICKS).setStyle(ProgressBarStyle.ASCII).build();
      }
      bar.stepTo(Math.round(BAR_TICKS * progress.share()));
      bar.setExtraMessage(figures);
    } else if (progress.elapsedSeconds() >= nextLine || progress.share() >= 1) {
      nextLine = progress.elapsedSeconds() + PLAIN_LINE_SECONDS;
      line(String.format(Locale.ROOT, "%3.0f %%  %s, %.0f s left", 100 * progress.share(), figures, progress.remainingSeconds()));
    }
  }

  void line(String text) {
    err.println(text);
    err.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
