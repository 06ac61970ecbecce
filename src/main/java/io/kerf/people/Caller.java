package io.kerf.people;

/** Whoever asks for something. */
public sealed interface Caller {
  /** Nobody who has said who they are. */
  record Anybody() implements Caller {}

  /** Somebody at the machine itself, while nobody has claimed the station. */
  record Local() implements Caller {}

  record Person(String name, Role role) implements Caller {}

  /** @param id of the token */
  record Machine(String id, String name, Role role) implements Caller {}
}
