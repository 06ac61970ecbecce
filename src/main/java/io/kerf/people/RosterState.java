package io.kerf.people;

/** What is in the file of people. */
public sealed interface RosterState {
  /** There is none: nobody has claimed the station. */
  record Unclaimed() implements RosterState {}

  record Claimed(Roster roster) implements RosterState {}

  /** It cannot be read or is not what was written: nobody is let in by it, and the station is not there to be claimed again. */
  record Damaged(String sentence) implements RosterState {}
}
