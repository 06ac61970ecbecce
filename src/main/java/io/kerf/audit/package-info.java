/**
 * Who changed what, when and why, in a chain of hashes: {@link io.kerf.audit.AuditTrail} keeps it in the database, {@link
 * io.kerf.audit.AuditChain} says whether it is what was written, {@link io.kerf.audit.AuditObserver} hears of each {@link
 * io.kerf.storage.Changed}. Nobody calls it to tell of a change: who makes one fires the event.
 *
 * <p>Limits: a chain shows entries that were changed, taken out of the middle or reordered. That its end was cut off, or that all of it was written anew,
 * shows only against a head that was kept elsewhere. Of the time before the station was claimed it says who was named as having made a change, and nothing proves that. What a
 * failing database did not take is missing from it, and an entry says how many. Entries are never deleted: one takes about 250 bytes.
 */
package io.kerf.audit;
