/** What can go wrong, with a stable code for each: {@link io.kerf.fault.Fault}. Known by every package, knows none. */
package io.kerf.fault;
