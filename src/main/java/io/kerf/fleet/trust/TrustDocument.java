package io.kerf.fleet.trust;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a station believes: root keys, so many of which together may change this document, and signing keys, each of which alone may sign configuration. A key that is
 * left out of the next version is revoked.
 *
 * @param version 1 for the first trust, one more for each
 * @param epoch never falls; where it rises, versions of configuration begin anew
 * @param threshold root signatures that the document itself and the next one need
 */
public record TrustDocument(String fleet, long version, long epoch, int threshold, List<VerifyingKey> roots, List<VerifyingKey> signers) {
  public static final int SCHEMA = 1;
  public static final int MAX_ROOTS = 16;
  public static final int MAX_SIGNERS = 64;

  private static final Set<String> MEMBERS = Set.of("schema", "fleet", "version", "epoch", "threshold", "roots", "signers");

  /** @throws IllegalArgumentException with a sentence's end that says what is wrong */
  public TrustDocument {
    roots = List.copyOf(roots);
    signers = List.copyOf(signers);
    require(Name.isValid(fleet), "its fleet is not a name of 1 to 63 lower-case letters, digits and hyphens");
    require(version >= 1 && epoch >= 1, "version and epoch begin with 1");
    require(!roots.isEmpty() && roots.size() <= MAX_ROOTS && signers.size() <= MAX_SIGNERS, "it may have 1 to 16 root keys and at most 64 signing keys");
    require(new LinkedHashSet<>(roots).size() == roots.size() && new LinkedHashSet<>(signers).size() == signers.size(), "it names a key twice");
    require(roots.stream().noneMatch(signers::contains), "a root key is a signing key as well, so that whoever steals one has both");
    require(threshold >= 1 && threshold <= roots.size(), "its threshold must be 1 to the number of root keys");
  }

  /** The key that signs configuration under this name. */
  public Optional<VerifyingKey> signer(String kid) {
    return signers.stream().filter(key -> key.kid().equals(kid)).findFirst();
  }

  byte[] bytes() {
    try {
      var node = StrictJson.mapper().createObjectNode().put("schema", SCHEMA).put("fleet", fleet).put("version", version).put("epoch", epoch).put("threshold", threshold);
      node.set("roots", StrictJson.mapper().valueToTree(roots));
      node.set("signers", StrictJson.mapper().valueToTree(signers));
      return StrictJson.mapper().writeValueAsBytes(node);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** @throws IllegalArgumentException with a sentence's end that says what is wrong */
  static TrustDocument of(byte[] bytes) {
    JsonNode node;
    try {
      node = StrictJson.read(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
    node.fieldNames().forEachRemaining(name -> require(MEMBERS.contains(name), "it has \"" + CompactJws.shown(name) + "\", which this version does not know"));
    require(node.path("schema").asInt() == SCHEMA && node.path("schema").isInt(), "its schema is not " + SCHEMA);
    require(node.path("version").canConvertToLong() && node.path("version").isIntegralNumber() && node.path("epoch").canConvertToLong() && node.path("epoch").isIntegralNumber()
        && node.path("threshold").isInt(), "version, epoch and threshold must be whole numbers");
    return new TrustDocument(node.path("fleet").asText(), node.path("version").longValue(), node.path("epoch").longValue(), node.path("threshold").intValue(),
        keys(node.path("roots")), keys(node.path("signers")));
  }

  private static List<VerifyingKey> keys(JsonNode nodes) {
    require(nodes.isArray() && nodes.size() <= MAX_SIGNERS, "roots and signers must be lists of at most 64");
    List<VerifyingKey> keys = new ArrayList<>();
    for (JsonNode node : nodes) {
      require(node.size() == 2, "a key must have kid and x and nothing else");
      keys.add(new VerifyingKey(node.path("kid").asText(), node.path("x").asText()));
    }
    return keys;
  }

  private static void require(boolean met, String otherwise) {
    if (!met) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
