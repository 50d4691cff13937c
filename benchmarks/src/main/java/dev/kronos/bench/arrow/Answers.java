// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.bench.work.WrongResult;
import java.lang.reflect.Array;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;

/** Compares vectors with arrays. */
final class Answers {
  private Answers() {}

  /** Compares every value; closes the first, also when it fails. */
  static void requireSame(String call, Object device, Object java) {
    try {
      if (device instanceof FieldVector vector) {
        requireSame(call, values(vector), java);
      } else if (!device.equals(java)) {
        throw new WrongResult(call + ": device=" + device + " java=" + java);
      }
    } finally {
      close(device);
    }
  }

  private static ValueVector values(FieldVector vector) {
    return vector instanceof FixedSizeListVector lists ? lists.getDataVector() : vector;
  }

  private static void requireSame(String call, ValueVector vector, Object array) {
    int count = Array.getLength(array);
    if (vector.getValueCount() != count) {
      throw new WrongResult(
          call + ": rows of the device=" + vector.getValueCount() + " java=" + count);
    }
    for (int i = 0; i < count; i++) {
      if (!Array.get(array, i).equals(vector.getObject(i))) {
        throw new WrongResult(
            call
                + ": row="
                + i
                + " device="
                + vector.getObject(i)
                + " java="
                + Array.get(array, i));
      }
    }
  }

  static void close(Object result) {
    if (result instanceof FieldVector vector) {
      vector.close();
    }
  }
}
