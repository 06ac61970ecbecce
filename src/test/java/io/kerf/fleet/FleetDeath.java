package io.kerf.fleet;

import io.kerf.fleet.protocol.Deployment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What an agent does with one envelope, to the end. A program of its own, to be killed. */
final class FleetDeath {
  private FleetDeath() {}

  /** @param arguments the data folder, whose trust is there already, and a file with the envelope */
  public static void main(String[] arguments) throws Exception {
    AgentFixture fixture = new AgentFixture(Path.of(arguments[0]));
    fixture.pass(Duration.ofSeconds(10));
    fixture.agent.receive(Files.readAllBytes(Path.of(arguments[1])));
    for (int i = 0; i < 60 && !fixture.agent.status().deployment().map(Deployment::state).filter(Deployment.State::isOver).isPresent(); i++) {
      fixture.pass(Duration.ofSeconds(1));
    }
  }
}
