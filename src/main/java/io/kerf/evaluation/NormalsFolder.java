package io.kerf.evaluation;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of good parts to learn from: a plain folder of images, or a data set in MVTec's layout, of which {@code train/good} is
 * taken and the groups of its {@code MANIFEST.csv}.
 */
public final class NormalsFolder {
  private NormalsFolder() {}

  /**
   * Lists the good parts, sorted by path. Images are found by their ending in whatever case (jpg, jpeg, png, bmp, tif, tiff), up to
   * four folders deep; hidden files, linked folders, and links that lead outside are skipped.
   *
   * @return at least one image, all of class {@value LabelledImage#GOOD}
   * @throws FaultException {@link Fault#NO_IMAGES} where there is none, {@link Fault#DATASET_INVALID} where the folder looks like a
   *     data set with test images but without {@code train/good}, or where its manifest is at fault
   */
  public static List<LabelledImage> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new FaultException(Fault.NO_IMAGES,
          folder + " is not a folder, so there are no good parts to learn from. Name a folder that holds images of good parts.");
    }
    Path trainGood = folder.resolve(Dataset.TRAIN).resolve(LabelledImage.GOOD);
    if (Files.isDirectory(trainGood)) {
      return dataSet(folder, trainGood);
    }
    if (Files.isDirectory(folder.resolve(Dataset.TEST)) || Files.isDirectory(folder.resolve(Dataset.GROUND_TRUTH))) {
      throw new FaultException(Fault.DATASET_INVALID, folder + " has test images but no train/good: learning from all of it would take "
          + "defects for good parts. Put the good parts into train/good, or name the folder that holds only good parts.");
    }
    return labelled(folder, folder, Manifest.empty());
  }

  private static List<LabelledImage> dataSet(Path folder, Path trainGood) {
    List<String> problems = new ArrayList<>();
    Manifest manifest = Manifest.read(folder, problems);
    Dataset.refuse(folder, problems);
    return labelled(folder, trainGood, manifest);
  }

  private static List<LabelledImage> labelled(Path root, Path folder, Manifest manifest) {
    List<LabelledImage> normals = ImageFiles.in(folder).stream()
        .map(image -> new LabelledImage(image, LabelledImage.GOOD, false, Optional.empty(), manifest.group(root, image)))
        .toList();
    if (normals.isEmpty()) {
      throw new FaultException(Fault.NO_IMAGES, folder + " holds no image (jpg, jpeg, png, bmp, tif, tiff), so there is nothing to learn "
          + "from. Name a folder that holds images of good parts.");
    }
    return normals;
  }
}
