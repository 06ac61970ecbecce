package io.kerf.training.weights;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Weights behind an http or https address. Redirects are followed within a scheme and from http to https, never from https to http.
 *
 * @param address has a host and no user name
 * @param patience the longest wait for a connection, for the answer and for each further byte
 */
record WebSource(URI address, Duration patience) implements WeightsSource {
  @Override
  public String fileName() {
    String path = address.getRawPath();
    return path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public Content open() {
    try {
      HttpClient client = HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NORMAL).build();
      HttpResponse<InputStream> response =
          client.send(HttpRequest.newBuilder(address).timeout(patience).build(), HttpResponse.BodyHandlers.ofInputStream());
      int status = response.statusCode();
      if (status != HttpURLConnection.HTTP_OK) {
        response.body().close();
        throw unreachable("the server answered " + status + (status / 100 == 3 ? ", a redirect that is not followed" : ""), null);
      }
      return new Content(new PatientStream(response.body(), patience), response.headers().firstValueAsLong("Content-Length"));
    } catch (IOException e) {
      throw unreachable(e);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw unreachable("the server redirects to what is no address", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(new InterruptedIOException("interrupted"));
    }
  }

  @Override
  public FaultException unreachable(IOException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return unreachable(e instanceof ConnectException ? "there is no connection to that host" : message, e);
  }

  private FaultException unreachable(String reason, Exception cause) {
    return new FaultException(Fault.WEIGHTS_UNREACHABLE, this + " could not be fetched (" + reason
        + "), so nothing was stored. Check the address and the network, or fetch the file elsewhere and give its path.", cause);
  }

  /** Without query and fragment: a signed address has its secret there. */
  @Override
  public String toString() {
    return address.getScheme() + "://" + address.getRawAuthority() + (address.getRawPath() == null ? "" : address.getRawPath());
  }
}
