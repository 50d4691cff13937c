// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.memory.Pool;
import java.util.List;
import java.util.function.Supplier;

/**
 * Copies inside device memory with the kernel {@code memory/copy}, on devices where that is faster
 * than the driver's own command (see the vendor profiles). Thread-safe.
 */
final class KernelCopy {

  /** Below this the driver's command is as fast and needs no argument table. */
  private static final long LEAST_BYTES = 1 << 16;

  /** Bytes that one invocation moves: four accesses of 16 bytes. */
  private static final int BYTES_PER_INVOCATION = 64;

  private final Supplier<Kernel> kernel;
  private final int maxWorkgroups;
  private volatile Kernel loaded;

  /**
   * Creates a copier.
   *
   * @param kernel gives the kernel when it is first needed
   * @param maxWorkgroups most workgroups of one dispatch, an unsigned number
   */
  KernelCopy(Supplier<Kernel> kernel, int maxWorkgroups) {
    this.kernel = kernel;
    this.maxWorkgroups = maxWorkgroups < 0 ? Integer.MAX_VALUE : maxWorkgroups;
  }

  /** Returns whether a copy should go this way. */
  static boolean suits(Access from, Access to) {
    return from.buffer().pool() == Pool.DEVICE
        && to.buffer().pool() == Pool.DEVICE
        && from.sizeBytes() >= LEAST_BYTES;
  }

  /** Describes the copy as a kernel run. */
  Dispatch of(Access from, Access to) {
    if (loaded == null) {
      loaded = kernel.get();
    }
    Arguments arguments =
        Arguments.builder()
            .putAddress(from.buffer(), from.offset())
            .putAddress(to.buffer(), to.offset())
            .putLong(from.sizeBytes());
    long perWorkgroup = (long) BYTES_PER_INVOCATION * loaded.workgroupSize();
    long workgroups = (from.sizeBytes() + perWorkgroup - 1) / perWorkgroup;
    int bounded = (int) Math.min(workgroups, maxWorkgroups);
    return new Dispatch(loaded, arguments, List.of(from, to), bounded, 0, 0, null);
  }
}
