// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.KronosException;
import dev.kronos.memory.DeviceBuffer;
import java.util.List;
import java.util.Objects;

/**
 * Describes one run of a kernel.
 *
 * @param kernel what to run; not null
 * @param arguments its argument table, copied when the dispatch is recorded; not null, may be empty
 * @param accesses every range of every buffer that the kernel reads or writes; not null
 * @param workgroups how many workgroups, 0 (nothing is run) or more
 * @param count rows or elements, for the kernel; an unsigned 32-bit number
 * @param flags as the kernel defines them
 * @param status where the kernel reports errors, or null when nobody will look. The whole buffer
 *     counts as read and written unless {@code accesses} names it
 */
public record Dispatch(
    Kernel kernel,
    Arguments arguments,
    List<Access> accesses,
    int workgroups,
    int count,
    int flags,
    DeviceBuffer status) {

  /**
   * Checks the values.
   *
   * @throws KronosException.InvalidArgument when {@code workgroups} is negative
   */
  public Dispatch {
    Objects.requireNonNull(kernel, "kernel");
    Objects.requireNonNull(arguments, "arguments");
    Objects.requireNonNull(accesses, "accesses");
    requireCount("negative workgroup count", kernel, "workgroups", workgroups);
  }

  /**
   * Describes a run with one thread an element and no flags.
   *
   * @param elements how many elements, 0 or more
   */
  public static Dispatch over(
      Kernel kernel, Arguments arguments, List<Access> accesses, int elements) {
    int workgroups = workgroups(kernel, elements);
    return new Dispatch(kernel, arguments, accesses, workgroups, elements, 0, null);
  }

  /** Returns how many workgroups have one thread an element. */
  static int workgroups(Kernel kernel, int elements) {
    requireCount("negative element count", kernel, "elements", elements);
    int size = kernel.workgroupSize();
    return (int) (((long) elements + size - 1) / size);
  }

  /** Refuses a negative count. */
  static void requireCount(String phrase, Kernel kernel, String name, int count) {
    if (count < 0) {
      throw new KronosException.InvalidArgument(
          KronosException.message(phrase, "kernel", kernel.name(), name, count));
    }
  }
}
