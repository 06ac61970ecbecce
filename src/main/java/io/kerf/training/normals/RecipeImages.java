package io.kerf.training.normals;

import io.kerf.density.Thumbnails;
import io.kerf.imaging.Fit;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.Photometric;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.storage.AtomicFiles;
import io.kerf.training.normals.GoldenSet.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The normals and golden sets of all recipes, each opened when it is first asked for. */
public final class RecipeImages {
  private static final Preprocessing SMALL = Preprocessing.square(64, Fit.SQUASH, Optional.empty(), Photometric.perImage());

  private final Function<String, Path> folders;
  private final ImageDecoder decoder;
  private final Map<String, NormalPool> normals = new ConcurrentHashMap<>();
  private final Map<String, GoldenSet> golden = new ConcurrentHashMap<>();

  /** @param folders of recipes; refuses a name that is none */
  public RecipeImages(Function<String, Path> folders, ImageDecoder decoder) {
    this.folders = folders;
    this.decoder = decoder;
  }

  /** To add to. @throws io.kerf.fault.FaultException where the folder cannot be read or made */
  public NormalPool normals(String recipe) {
    return normals.computeIfAbsent(recipe, name -> opened(normalsFolder(name), NormalPool::open));
  }

  /** To add to. @throws io.kerf.fault.FaultException where the folder cannot be read or made */
  public GoldenSet golden(String recipe) {
    return golden.computeIfAbsent(recipe, name -> opened(goldenFolder(name), GoldenSet::open));
  }

  /** To look at; empty where the recipe has none, so that looking makes no folder. */
  public Optional<NormalPool> normalsOf(String recipe) {
    return Files.isDirectory(normalsFolder(recipe)) ? Optional.of(normals(recipe)) : Optional.empty();
  }

  /** To look at; empty where the recipe has none, so that looking makes no folder. */
  public Optional<GoldenSet> goldenOf(String recipe) {
    return Files.isDirectory(goldenFolder(recipe)) ? Optional.of(golden(recipe)) : Optional.empty();
  }

  /** Of a recipe whose folder is gone; where it comes back it is opened anew. */
  public void forget(String recipe) {
    normals.remove(recipe);
    golden.remove(recipe);
  }

  /** Every image of a recipe, normals before golden parts; makes no folder. */
  public List<Path> all(String recipe) {
    return Stream.concat(normalsOf(recipe).stream().flatMap(pool -> pool.all().stream()).map(Normal::image),
        goldenOf(recipe).stream().flatMap(set -> set.all().stream()).map(Golden::image)).toList();
  }

  private Path normalsFolder(String recipe) {
    return folders.apply(recipe).resolve("normals");
  }

  private Path goldenFolder(String recipe) {
    return folders.apply(recipe).resolve("golden");
  }

  private interface Opening<T> {
    T open(Path folder) throws IOException;
  }

  private static <T> T opened(Path folder, Opening<T> opening) {
    try {
      return opening.open(folder);
    } catch (IOException e) {
      throw AtomicFiles.fault(folder, e);
    }
  }

  /** What likeness is measured by: of the whole picture, whatever a model looks at. @throws io.kerf.fault.FaultException where the bytes are no image */
  public float[] thumbnail(byte[] image) {
    Picture framed = SMALL.frame(decoder.decode(image, SMALL.neededShortSidePx()).picture());
    return Thumbnails.of(framed.planes(), framed.width(), framed.height());
  }
}
