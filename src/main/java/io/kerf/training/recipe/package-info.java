/**
 * A recipe as a whole: {@link io.kerf.training.recipe.RecipeFolders} copies and removes the folder of one, {@link io.kerf.training.recipe.RecipeExport} makes one file of
 * it, {@link io.kerf.training.recipe.RecipeImport} a recipe of such a file that nobody need trust.
 */
package io.kerf.training.recipe;
