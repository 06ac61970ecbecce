package io.kerf.training.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stream whose reader waits no longer than it wants to: the JDK's HTTP client bounds the wait for an answer, but not for its body. After a
 * read that timed out the stream is of no use but to be closed.
 */
final class PatientStream extends InputStream {
  private final InputStream in;
  private final Duration patience;
  private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
    Thread thread = new Thread(task, "weights-download");
    thread.setDaemon(true);
    return thread;
  });

  /** @param in ends a read that is waiting when it is closed */
  PatientStream(InputStream in, Duration patience) {
    this.in = in;
    this.patience = patience;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** @throws SocketTimeoutException where no byte came in time */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Future<Integer> read = reader.submit(() -> in.read(bytes, offset, length));
    try {
      return read.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("no byte came for " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void close() throws IOException {
    reader.shutdown();
    in.close();
  }
}
