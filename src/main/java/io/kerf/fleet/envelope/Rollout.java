package io.kerf.fleet.envelope;

/** Which rollout a document belongs to, for whoever follows it. */
public record Rollout(String id, String group) {}
