/**
 * Whom a station believes. {@link io.kerf.fleet.trust.TrustDocument} lists root keys and signing keys, {@link io.kerf.fleet.trust.SignedTrust} carries the signatures of
 * the roots, and {@link io.kerf.fleet.trust.TrustStore} walks from one version to the next. {@link io.kerf.fleet.trust.CompactJws} is the one way anything is signed.
 */
package io.kerf.fleet.trust;
