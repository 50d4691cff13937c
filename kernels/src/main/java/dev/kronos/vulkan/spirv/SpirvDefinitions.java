// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static dev.kronos.vulkan.spirv.SpirvCode.opcode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Knows what every id of a SPIR-V module stands for. Not thread-safe. */
final class SpirvDefinitions {

  static final int OP_CONSTANT = 43;
  private static final int OP_CONSTANT_NULL = 46;
  static final int OP_LOAD = 61;
  static final int OP_ACCESS_CHAIN = 65;
  static final int OP_IN_BOUNDS_ACCESS_CHAIN = 66;
  private static final int OP_DECORATE = 71;
  private static final int OP_MEMBER_DECORATE = 72;
  private static final int DECORATION_VOLATILE = 21;
  private static final int DECORATION_COHERENT = 23;
  private static final int DECORATION_OFFSET = 35;

  /** Instructions of functions, and variables and constants, whose second word is a result. */
  private static final Set<Integer> VALUES =
      Set.of(
          12, 43, 46, 54, 55, 57, 59, 61, 65, 66, 67, 70, 80, 81, 83, 113, 114, 117, 120, 124, 128,
          130, 132, 169, 194, 195, 196, 197, 198, 199, 245, 400);

  private final SpirvTypes types = new SpirvTypes();
  private final Map<Integer, int[]> values = new HashMap<>();
  private final Set<Integer> sharedStructs = new HashSet<>();
  private final Set<Integer> sharedPointers = new HashSet<>();

  private SpirvDefinitions() {}

  /** Reads a module. */
  static SpirvDefinitions of(SpirvCode module) {
    SpirvDefinitions definitions = new SpirvDefinitions();
    module.instructions().forEach(definitions::learn);
    return definitions;
  }

  private void learn(int[] each) {
    int opcode = opcode(each);
    types.read(opcode, each, 0, each.length);
    if (VALUES.contains(opcode)) {
      values.put(each[2], each);
    }
    switch (opcode) {
      case OP_CONSTANT -> types.constant(each[2], each[3]);
      case OP_DECORATE -> types.decorate(each[1], each[2], each.length > 3 ? each[3] : 0);
      case OP_MEMBER_DECORATE -> learnMember(each);
      case OP_ACCESS_CHAIN, OP_IN_BOUNDS_ACCESS_CHAIN -> learnChain(each);
      default -> {}
    }
  }

  private void learnMember(int[] each) {
    switch (each[3]) {
      case DECORATION_OFFSET -> types.offset(each[1], each[2], each[4]);
      case DECORATION_COHERENT, DECORATION_VOLATILE -> sharedStructs.add(each[1]);
      default -> {}
    }
  }

  /** A pointer made from an integer has lost that its member is coherent: remember it. */
  private void learnChain(int[] each) {
    int struct = types.pointee(typeOf(each[3]));
    if (sharedStructs.contains(struct) || sharedPointers.contains(each[3])) {
      sharedPointers.add(each[2]);
    }
  }

  /** Returns the types. */
  SpirvTypes types() {
    return types;
  }

  /** Returns the instruction that makes a value, or null where it is none of those known here. */
  int[] value(int id) {
    return values.get(id);
  }

  /** Returns whether an instruction of a function, and one that is known here, makes a value. */
  boolean isComputed(int id) {
    int opcode = values.containsKey(id) ? opcode(values.get(id)) : OP_CONSTANT_NULL;
    return opcode != OP_CONSTANT && opcode != OP_CONSTANT_NULL;
  }

  /** Returns the id of a value's type, or 0. */
  int typeOf(int id) {
    int[] value = values.get(id);
    return value == null ? 0 : value[1];
  }

  /** Returns whether a value is a pointer or an integer as wide as one. */
  boolean isAddressType(int id) {
    return types.isLong(typeOf(id)) || types.storage(typeOf(id)) >= 0;
  }

  /** Returns whether other invocations may change what a pointer points to. */
  boolean shared(int pointer) {
    return sharedPointers.contains(pointer);
  }

  /** Returns an integer constant, or nothing where the id is none. */
  OptionalLong constant(int id) {
    int[] value = values.get(id);
    if (value == null || opcode(value) != OP_CONSTANT) {
      return OptionalLong.empty();
    }
    long low = Integer.toUnsignedLong(value[3]);
    return OptionalLong.of(value.length == 4 ? value[3] : (long) value[4] << Integer.SIZE | low);
  }

  /**
   * Returns how far into its base an access chain points, in bytes, or nothing where that is not
   * constant.
   */
  OptionalLong chainOffset(int[] chain) {
    int type = types.pointee(typeOf(chain[3]));
    long offset = 0;
    for (int i = 4; i < chain.length; i++) {
      OptionalLong index = constant(chain[i]);
      if (index.isEmpty() || types.part(type, index.getAsLong()) == 0) {
        return OptionalLong.empty();
      }
      offset += types.partOffset(type, index.getAsLong());
      type = types.part(type, index.getAsLong());
    }
    return OptionalLong.of(offset);
  }

  /** Returns where the part that an extraction takes lies in the whole, in bytes. */
  OptionalLong partOffset(int[] extract) {
    int type = typeOf(extract[3]);
    long offset = 0;
    for (int i = 4; i < extract.length; i++) {
      if (types.part(type, extract[i]) == 0) {
        return OptionalLong.empty();
      }
      offset += types.partOffset(type, extract[i]);
      type = types.part(type, extract[i]);
    }
    return OptionalLong.of(offset);
  }
}
