package io.kerf.cli;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.sender.BrokerPlant;
import io.kerf.fleet.sender.GroupFile;
import io.kerf.fleet.sender.HttpPlant;
import io.kerf.fleet.sender.Plant;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a command reaches the stations. */
final class FleetReach {
  @Option(names = "--broker", paramLabel = "URL", description = "MQTT 5 broker, such as mqtts://broker:8883. Default: each station at its own address.")
  private Optional<URI> broker = Optional.empty();

  @Option(names = "--station", paramLabel = "ID=URL", split = ",", description = "A station by its address, such as line-7=https://line-7:8080; those of the group's file need not be named.")
  private Map<String, URI> stations = new LinkedHashMap<>();

  @Option(names = "--ca", paramLabel = "FILE", description = "Certificates to trust (PEM). Default: those of the Java runtime.")
  private Optional<String> ca = Optional.empty();

  @Option(names = "--certificate", paramLabel = "FILE", description = "The sender's own certificate (PEM).")
  private Optional<String> certificate = Optional.empty();

  @Option(names = "--certificate-key", paramLabel = "FILE", description = "Its key (PKCS#8 PEM).")
  private Optional<String> key = Optional.empty();

  @Option(names = "--token-file", paramLabel = "FILE", description = "File with the token of an engineer, for stations that are reached at their own addresses.")
  private Optional<Path> token = Optional.empty();

  Plant plant(String fleet) throws IOException, InterruptedException {
    TlsFiles tls = new TlsFiles(ca, certificate, key);
    if (broker.isPresent()) {
      return BrokerPlant.connect(fleet, broker.get(), tls);
    }
    if (stations.isEmpty()) {
      throw new FaultException(Fault.BAD_FIELD, "It is not said how the stations are reached. Give --broker, or --station, or a url for each station in the group's file.");
    }
    return new HttpPlant(stations, tls, token.isPresent() ? Optional.of(Files.readString(token.get()).strip()) : Optional.empty());
  }

  Plant plant(GroupFile group) throws IOException, InterruptedException {
    group.stations().forEach(member -> member.url().ifPresent(url -> stations.putIfAbsent(member.id(), url)));
    return plant(group.fleet());
  }
}
