// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Says which word of an instruction is a pointer to memory, and what is done there.
 *
 * @param pointerWord which word, from 1
 * @param mode 1 reads, 2 writes, 3 both
 * @param operandsWord which word, if the instruction has it, tells how memory is accessed; 0 for
 *     none
 */
record MemoryAccess(int pointerWord, int mode, int operandsWord) {

  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int BOTH = 3;
  private static final int VOLATILE = 1;

  private static final List<MemoryAccess> NONE = List.of();
  private static final List<MemoryAccess> LOAD = List.of(new MemoryAccess(3, READ, 4));
  private static final List<MemoryAccess> STORE = List.of(new MemoryAccess(1, WRITE, 3));
  private static final List<MemoryAccess> COPY =
      List.of(new MemoryAccess(1, WRITE, 3), new MemoryAccess(2, READ, 3));
  private static final List<MemoryAccess> ATOMIC_LOAD = List.of(new MemoryAccess(3, READ, 0));
  private static final List<MemoryAccess> ATOMIC_STORE = List.of(new MemoryAccess(1, WRITE, 0));
  private static final List<MemoryAccess> ATOMIC_UPDATE = List.of(new MemoryAccess(3, BOTH, 0));

  /** Returns the accesses of an instruction: none for most, two for a copy. */
  static List<MemoryAccess> of(int opcode) {
    return switch (opcode) {
      case 61 -> LOAD;
      case 62 -> STORE;
      case 63 -> COPY;
      case 227 -> ATOMIC_LOAD;
      case 228 -> ATOMIC_STORE;
      // From exchange to exclusive or, then the same for floating point.
      case 229, 230, 231, 232, 233, 234, 235, 236, 237, 238, 239, 240, 241, 242 -> ATOMIC_UPDATE;
      case 5614, 5615, 6035 -> ATOMIC_UPDATE;
      default -> NONE;
    };
  }

  /** Returns whether an instruction accesses memory in a way that is not listed here. */
  static boolean unlisted(int opcode) {
    // Texel pointers, sized copies, flags.
    return Set.of(60, 64, 318, 319).contains(opcode);
  }

  /**
   * Returns which word of a load or store of a cooperative matrix is its pointer, or 0 for other
   * instructions. How many bytes these touch cannot be told from the instruction: they may be of
   * shared memory alone.
   */
  static int matrixPointerWord(int opcode) {
    return switch (opcode) {
      case 4457 -> 3;
      case 4458 -> 1;
      default -> 0;
    };
  }

  /** Returns a copy of an instruction that is volatile, where that can be said of it. */
  int[] asVolatile(int[] instruction) {
    if (operandsWord == 0) {
      return instruction.clone();
    }
    int[] copy = Arrays.copyOf(instruction, Math.max(instruction.length, operandsWord + 1));
    copy[0] += (copy.length - instruction.length) << 16;
    copy[operandsWord] |= VOLATILE;
    return copy;
  }
}
