package io.kerf.inspection.rescore;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be judged again, and with what.
 *
 * @param bundle the digest or enough of its beginning; empty for the one in use
 * @param from only parts captured then or later
 * @param to only parts captured before
 * @param lot only parts of it
 * @param by who asks for it
 */
public record RescoringOrder(String recipe, Optional<String> bundle, Optional<Instant> from, Optional<Instant> to, Optional<String> lot, String by) {
  /** @throws FaultException {@link Fault#BAD_FIELD} where {@code from} is not before {@code to} */
  public RescoringOrder {
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw new FaultException(Fault.BAD_FIELD, "from (" + from.get() + ") is not before to (" + to.get() + "), so there is no part between them. "
          + "Parts captured at 'to' itself are not included; a date alone means its first moment.");
    }
  }

  RescoringOrder with(String digest) {
    return new RescoringOrder(recipe, Optional.of(digest), from, to, lot, by);
  }

  /** For a sentence: {@code recipe default, lot L7, from … to …}. */
  String words() {
    return "recipe " + recipe + lot.map(one -> ", lot " + one).orElse("") + from.map(time -> ", from " + time).orElse("") + to.map(time -> ", to " + time).orElse("");
  }
}
