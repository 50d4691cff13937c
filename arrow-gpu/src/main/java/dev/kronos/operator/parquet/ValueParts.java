// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells where the values of a column come from, of which some are decompressed on the device: parts
 * that the host keeps lie between the others. Not thread-safe.
 */
final class ValueParts {
  /**
   * Is a part that the host keeps.
   *
   * @param source where it begins there
   * @param target where it begins among all values
   */
  record Part(int source, int target, int sizeBytes) {}

  private final List<Part> ofHost = new ArrayList<>();
  private int sizeBytes;

  /** Adds bytes that the host keeps from {@code source} on. */
  void addOfHost(int source, int count) {
    int last = ofHost.size() - 1;
    int target = add(count);
    if (last >= 0 && ofHost.get(last).target() + ofHost.get(last).sizeBytes() == target) {
      Part before = ofHost.get(last);
      ofHost.set(last, new Part(before.source(), before.target(), before.sizeBytes() + count));
    } else {
      ofHost.add(new Part(source, target, count));
    }
  }

  /** Adds bytes that the device will have, and returns where they begin. */
  int add(int count) {
    int start = sizeBytes;
    long end = (long) start + count;
    if (end > Integer.MAX_VALUE) {
      throw new KronosException.Exhausted(message("column chunk too large", "bytes", end));
    }
    sizeBytes = (int) end;
    return start;
  }

  /** Returns the bytes of all parts. */
  int sizeBytes() {
    return sizeBytes;
  }

  List<Part> ofHost() {
    return ofHost;
  }
}
