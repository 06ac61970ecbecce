/**
 * The station's HTTP interface: {@link io.kerf.web.InspectionResource} judges parts and tells of past ones,
 * {@link io.kerf.web.StationResource} says what the station is doing, {@link io.kerf.web.EventResource} sends both as they happen,
 * {@link io.kerf.web.RecipeResource} lists the products and changes which is in use, {@link io.kerf.web.DeviceResource} says how the machine does.
 * {@link io.kerf.web.Admission} keeps it within its limits, {@link io.kerf.web.ProblemMappers} makes every failure a problem
 * document (RFC 9457) with a stable code. {@link io.kerf.web.people} says who may ask for what, before anything else.
 *
 * <p>Outermost: knows {@code inspection}, {@code station}, {@code audit}, {@code people}, {@code storage} and {@code device}; nothing knows it.
 */
package io.kerf.web;
