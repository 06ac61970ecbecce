/**
 * Who may do what. {@link io.kerf.people.Roster} is the book of people and of tokens for machines, {@link io.kerf.people.RosterFile} keeps it, {@link
 * io.kerf.people.People} is what a running station knows of it, {@link io.kerf.people.Logins} lets people in, {@link io.kerf.people.Sessions} remembers who is in,
 * {@link io.kerf.people.Claim} makes the first admin of a station that has none.
 *
 * <p>Kept in {@code people/} of the data folder and not in the database: a damaged database is set aside, and a station must not be there to be claimed again
 * because of that. Passwords are kept as bcrypt, tokens and sessions as SHA-256 of what is random in 256 bits. Where the book cannot be read nobody is let in by it.
 *
 * <p>Knows {@code storage} and {@code config}; {@code web} and {@code cli} know it. Limits: whoever can write the data folder can do everything; whoever knows a
 * name can have it locked out for a quarter of an hour at a time; a token's date of expiry goes by the wall clock.
 */
package io.kerf.people;
