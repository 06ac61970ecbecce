/**
 * Lets requests in or refuses them. {@link io.kerf.web.people.Rights} is the one table of what each address needs, {@link io.kerf.web.people.Gate} decides by it and by
 * who asks from where, {@link io.kerf.web.people.AccessFilter} stands before pages, API, events and metrics alike and does what was decided. An address that is not in the
 * table is for nobody but admins. Resources ask {@link io.kerf.web.people.Asker} in whose name a change is made.
 */
package io.kerf.web.people;
