/**
 * The products of a station: {@link io.kerf.station.recipe.RecipeBook} knows which there are and which is in use, {@link io.kerf.station.recipe.ModelsAtHand} holds the
 * models of some in memory and loads others on demand, {@link io.kerf.station.recipe.RecipeKeeper} brings their models into line with the station document.
 */
package io.kerf.station.recipe;
