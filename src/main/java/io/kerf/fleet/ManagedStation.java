package io.kerf.fleet;

/**
 * What the agent needs of the station whose document it keeps. Called by one thread at a time.
 *
 * <ol>
 *   <li>{@link #apply} is whole or not at all, a killed process included: {@link #active} says the old document or the new one, never a mixture.
 *   <li>Nothing here waits for a part or makes one wait.
 * </ol>
 */
public interface ManagedStation extends DocumentCheck {
  /** What is in force now. */
  Active active();

  /**
   * Puts a document into force. It is durable and live when this returns; frames since then are counted anew in {@link #signals}.
   *
   * @param version of the fleet, to be told by {@link #active} from then on
   * @throws io.kerf.fault.FaultException where it could not be done; what was in force before is in force then
   */
  void apply(byte[] document, String version);

  /** How inspection goes since the last {@link #apply}, or since the start. */
  Signals signals();

  /** Where the document in force says that the fleet is. */
  Endpoint endpoint();
}
