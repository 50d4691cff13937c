// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.memory.DeviceBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes random programs over a few buffers. */
final class ProgramModel {
  private ProgramModel() {}

  /** Returns the accesses of a number of pieces of work, each with up to four. */
  static List<List<Access>> random(Random random, int length, List<DeviceBuffer> buffers) {
    List<List<Access>> program = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      List<Access> accesses = new ArrayList<>();
      int count = random.nextInt(5);
      for (int j = 0; j < count; j++) {
        accesses.add(randomAccess(random, buffers.get(random.nextInt(buffers.size()))));
      }
      program.add(accesses);
    }
    return program;
  }

  private static Access randomAccess(Random random, DeviceBuffer buffer) {
    int whole = (int) buffer.sizeBytes();
    int offset = random.nextInt(whole);
    int sizeBytes = random.nextInt(Math.min(whole - offset, 1 + random.nextInt(whole)) + 1);
    Access.Mode mode = Access.Mode.values()[random.nextInt(3)];
    return new Access(buffer, offset, sizeBytes, mode);
  }

  /** Asks a tracker about one piece of work. */
  static boolean conflicts(HazardTracker tracker, List<Access> work) {
    return tracker.conflicts(AccessColumns.of(work), 0, work.size());
  }

  /** Tells a tracker of one piece of work. */
  static void record(HazardTracker tracker, List<Access> work) {
    tracker.record(AccessColumns.of(work), 0, work.size());
  }

  /**
   * Records a program as a stream does: by levels, with a barrier where the tracker sees a
   * conflict.
   */
  static HazardChecker.Recording record(List<List<Access>> program) {
    DependencyLevels levels = DependencyLevels.of(program);
    HazardTracker tracker = new HazardTracker();
    List<Integer> order = new ArrayList<>();
    List<Boolean> barriers = new ArrayList<>();
    for (int index : levels.order()) {
      boolean barrier = conflicts(tracker, program.get(index));
      if (barrier) {
        tracker.clear();
      }
      record(tracker, program.get(index));
      order.add(index);
      barriers.add(barrier);
    }
    return new HazardChecker.Recording(order, barriers);
  }
}
