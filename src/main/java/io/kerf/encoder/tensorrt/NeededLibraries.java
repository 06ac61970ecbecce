package io.kerf.encoder.tensorrt;

import com.sun.jna.NativeLibrary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;

/** The libraries that NVIDIA's packages bring, as the presets link them. */
final class NeededLibraries {
  private static final List<String> PRESETS = List.of("org.bytedeco.cuda.presets.cudart", "org.bytedeco.tensorrt.presets.nvinfer",
      "org.bytedeco.tensorrt.presets.nvonnxparser");

  private NeededLibraries() {}

  /** One sentence that names each library that this machine lacks. @param why what loading failed with */
  static String missing(Throwable why) {
    List<String> missing = new ArrayList<>();
    try {
      for (String name : names()) {
        if (!loads(name)) {
          missing.add(name);
        }
      }
    } catch (ClassNotFoundException | LinkageError noPresets) {
      return "This build has no bindings of TensorRT for this platform: " + noPresets.getMessage() + ".";
    }
    return missing.isEmpty() ? "TensorRT's bindings do not load: " + why.getMessage() + "."
        : "Of NVIDIA's libraries " + String.join(", ", missing) + (missing.size() == 1 ? " is" : " are") + " missing or do not load; JetPack, or the packages of CUDA, cuDNN "
            + "and TensorRT, bring them.";
  }

  /** Such as {@code libcudart.so.13}. */
  private static Set<String> names() throws ClassNotFoundException {
    Set<String> names = new LinkedHashSet<>();
    names.add("libcuda.so.1");
    for (String preset : PRESETS) {
      ClassProperties properties = Loader.loadProperties(Class.forName(preset, false, NeededLibraries.class.getClassLoader()), Loader.loadProperties(), true);
      for (String link : properties.get("platform.link")) {
        String[] parts = link.split("#")[0].split("@");
        if (parts.length == 2) {
          names.add("lib" + parts[0] + ".so" + parts[1]);
        }
      }
    }
    return names;
  }

  private static boolean loads(String name) {
    try {
      NativeLibrary.getInstance(name);
      return true;
    } catch (UnsatisfiedLinkError absent) {
      return false;
    }
  }
}
