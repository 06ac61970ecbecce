package io.kerf.encoder.tensorrt;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * Frees what TensorRT returns. Its objects have no {@code destroy()} from version 10 on, and the presets' {@code close()} does nothing to them, so that
 * each swap would leak an engine: the C++ destructor is called as {@code delete} does, through the table of virtual functions (Itanium C++ ABI, section
 * 2.5: the deleting destructor follows the complete one).
 */
final class NativeDestructor {
  /** In most classes the destructor is the first virtual function. */
  private static final int DELETING = 1;
  /** In {@code IParser} it follows eight others; so in the headers of 10.0 to 10.16. */
  private static final int DELETING_PARSER = 9;

  private NativeDestructor() {}

  /** Frees one; null and freed ones are left alone. */
  static void delete(org.bytedeco.javacpp.Pointer object) {
    delete(object, DELETING);
  }

  static void deleteParser(org.bytedeco.javacpp.Pointer parser) {
    delete(parser, DELETING_PARSER);
  }

  private static void delete(org.bytedeco.javacpp.Pointer object, int slot) {
    if (object == null || object.isNull()) {
      return;
    }
    Pointer itself = new Pointer(object.address());
    Pointer destructor = itself.getPointer(0).getPointer((long) slot * Native.POINTER_SIZE);
    Function.getFunction(destructor).invokeVoid(new Object[] {itself});
    object.setNull();
  }
}
