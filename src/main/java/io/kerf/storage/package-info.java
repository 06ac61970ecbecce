/**
 * The data folder and what is written to it: {@link io.kerf.storage.DataFolder} is where everything is and who may use it,
 * {@link io.kerf.storage.AtomicFiles} writes so that a reader or a crash never sees half a file,
 * {@link io.kerf.storage.Database} is the SQLite file, {@link io.kerf.storage.Sql} runs a statement on it, and {@link io.kerf.storage.StorageStart} opens all of it when the station
 * starts. {@link io.kerf.storage.ChosenRecipe} is the recipe in use on disk,
 * {@link io.kerf.storage.Changed} the event of a change to what is kept there. Knows {@code config} and {@code fault}; what is stored belongs to the packages above.
 */
package io.kerf.storage;
