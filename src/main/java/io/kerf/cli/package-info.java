/** The command line: {@link io.kerf.cli.KerfMain}. Commands other than {@code serve} run without starting the station. */
package io.kerf.cli;
