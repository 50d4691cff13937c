// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Describes one run of a kernel.
 *
 * @param kernel its name in the catalogue
 * @param operands what stands at each of its array places, in their order
 * @param scalars its scalars as they lie in memory, behind the addresses in the one interface and
 *     behind count and flags in the other
 * @param count elements, for the kernel
 * @param workgroups how many workgroups
 */
public record Step(
    String kernel, List<Operand> operands, byte[] scalars, int count, int workgroups) {

  /** Most workgroups that every device runs in one dispatch; a kernel's loop does the rest. */
  private static final int MAX_WORKGROUPS = 65_535;

  private static final byte[] NO_SCALARS = {};

  /** Copies the operands. */
  public Step {
    operands = List.copyOf(operands);
  }

  /** Describes a run without scalars, one workgroup for each tile of elements. */
  static Step tiled(String kernel, List<Operand> operands, int count, int tile) {
    return new Step(kernel, operands, NO_SCALARS, count, workgroups(count, tile));
  }

  /** Returns how many workgroups suit a count of elements. */
  static int workgroups(int count, int tile) {
    return Math.max(1, Math.min(MAX_WORKGROUPS, (count + tile - 1) / tile));
  }

  /** Returns floats, then whole numbers, as scalars. */
  static byte[] scalars(List<Float> numbers, List<Integer> sizes) {
    int length = Integer.BYTES * (numbers.size() + sizes.size());
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    numbers.forEach(bytes::putFloat);
    sizes.forEach(bytes::putInt);
    return bytes.array();
  }
}
