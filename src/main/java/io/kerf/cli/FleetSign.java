package io.kerf.cli;

import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.sender.Composition;
import io.kerf.fleet.sender.GroupFile;
import io.kerf.fleet.sender.Push;
import io.kerf.fleet.sender.SentRollouts;
import io.kerf.fleet.transport.Topics;
import io.kerf.fleet.trust.SigningKey;
import io.kerf.storage.AtomicFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes signed envelopes as files, in the tree in which stations behind NAT look for them. */
@Command(name = "sign", mixinStandardHelpOptions = true, description = {"Signs a group's document for each of its stations and writes the envelopes as files:",
    "DIR/stations/<id>/desired, which any HTTPS server can serve to stations behind NAT."})
final class FleetSign implements Callable<Integer> {
  @Parameters(paramLabel = "GROUP-FILE", description = "Document, variables and stations.")
  private Path file;

  @Mixin
  private FleetOrder order;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Root of the tree.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    GroupFile group = GroupFile.read(file);
    Map<String, byte[]> documents = Composition.of(group, DocumentProblem::of);
    FleetVersion version = order.version(group.group(), List.of());
    Push.Order signed = order.order(group.fleet(), group.group(), version, documents, false);
    SigningKey key = order.key();
    for (String station : documents.keySet()) {
      Path desired = out.resolve(Topics.desiredPath(Audience.station(station)));
      Files.createDirectories(desired.getParent());
      AtomicFiles.write(desired, signed.envelope(station, key, Clock.systemUTC()));
    }
    order.sent(group.group()).keep(new SentRollouts.Sent(version, signed.rolloutId(), documents));
    return 0;
  }
}
