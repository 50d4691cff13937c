// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.vulkan.spirv.ShaderSource;

/** Generates the kernel that moves all groups into a larger state, one invocation an old slot. */
final class RehashCode {
  private RehashCode() {}

  static ShaderSource source(AggregatePlan plan) {
    KernelText kernel = StateCode.kernel("aggregate/rehash", plan, "oldState", "oldCapacity");
    kernel.append(
        """
        void k_move(uint word, uint words, uint oldSlot, uint slot) {
          uint64_t source = k_args.oldState
              + (uint64_t(word) * k_args.oldCapacity + uint64_t(words) * oldSlot) * 8ul;
          uint64_t target = k_args.state
              + (uint64_t(word) * k_args.capacity + uint64_t(words) * slot) * 8ul;
          for (uint i = 0u; i < words; i++) {
            BufferU64(target).v[i] = BufferU64(source).v[i];
          }
        }

        // Keys differ, so the first free slot is the right one.
        uint k_freeSlot(uint64_t hash, uint64_t claim) {
          uint mask = uint(k_args.capacity) - 1u;
          uint slot = uint(hash) & mask;
          while (atomicCompSwap(K_WORD(K_STATE(K_CLAIM, slot)), 0ul, claim) != 0ul) {
            slot = (slot + 1u) & mask;
          }
          return slot;
        }

        void main() {
          for (uint old = kronos_thread(); old < root.count; old += kronos_threads()) {
            uint64_t claim = BufferU64(k_args.oldState).v[old];
            if (claim == 0ul) {
              continue;
            }
            uint64_t hash = BufferU64(k_args.oldState + k_args.oldCapacity * 8ul).v[old];
            uint slot = k_freeSlot(hash, claim);\
        """);
    int end = plan.words();
    for (int i = plan.accumulators().size() - 1; i >= 0; i--) {
      if (plan.accumulators().get(i).contiguous()) {
        int first = plan.state(i).firstWord();
        int words = plan.accumulators().get(i).words();
        kernel.append(moveEach(first + words, end));
        kernel.append("k_move(%du, %du, old, slot);".formatted(first, words));
        end = first;
      }
    }
    kernel.append(moveEach(KeyWords.HASH, end));
    return kernel.append("}\n}").source();
  }

  private static String moveEach(int from, int to) {
    return "for (uint w = %du; w < %du; w++) {\nk_move(w, 1u, old, slot);\n}".formatted(from, to);
  }
}
