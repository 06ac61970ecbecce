package io.kerf.cli;

import io.kerf.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a running station for its health, for containers and scripts on machines that have nothing else to ask with. */
@Command(name = "health", mixinStandardHelpOptions = true,
    description = {"Asks a running station whether it is ready, and prints its answer.", "Exit code 0 where it is, 1 where it is not or does not answer."})
final class HealthCommand implements Callable<Integer> {
  private static final int OK = 200;
  private static final String DEFAULT_PORT = "8080";

  @Option(names = "--url", paramLabel = "URL", description = "The station. Default: this machine, at the port of KERF_PORT, or 8080.")
  private Optional<URI> url = Optional.empty();

  @Option(names = "--live", description = "Ask whether it is alive, which a restart could mend, rather than ready.")
  private boolean live;

  @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "5s", description = "For the answer. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    URI station = url.orElseGet(HealthCommand::here);
    try {
      HttpResponse<String> answer = HttpClient.newBuilder().connectTimeout(timeout).build()
          .send(HttpRequest.newBuilder(station.resolve(live ? "/q/health/live" : "/q/health/ready")).timeout(timeout).build(), HttpResponse.BodyHandlers.ofString());
      spec.commandLine().getOut().println(answer.body().strip());
      return answer.statusCode() == OK ? 0 : Fault.EXIT_SOFTWARE;
    } catch (IOException e) {
      spec.commandLine().getErr().println("No station answers at " + station + " (" + Optional.ofNullable(e.getMessage()).orElse("no connection") + ").");
      return Fault.EXIT_SOFTWARE;
    }
  }

  private static URI here() {
    return URI.create("http://127.0.0.1:" + ConfigProvider.getConfig().getOptionalValue("kerf.port", String.class).orElse(DEFAULT_PORT));
  }
}
