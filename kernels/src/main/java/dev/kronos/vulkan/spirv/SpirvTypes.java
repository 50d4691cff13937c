// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Collects a SPIR-V module's types and tells their sizes in memory. */
final class SpirvTypes {

  private static final int OP_TYPE_BOOL = 20;
  private static final int OP_TYPE_INT = 21;
  private static final int OP_TYPE_FLOAT = 22;
  private static final int OP_TYPE_VECTOR = 23;
  private static final int OP_TYPE_ARRAY = 28;
  private static final int OP_TYPE_RUNTIME_ARRAY = 29;
  private static final int OP_TYPE_STRUCT = 30;
  private static final int OP_TYPE_POINTER = 32;
  private static final int DECORATION_ARRAY_STRIDE = 6;
  private static final int POINTER_BYTES = 8;
  private static final int[] NONE = {};

  private final Map<Integer, int[]> types = new HashMap<>();
  private final Map<Integer, Integer> constants = new HashMap<>();
  private final Map<Integer, Integer> strides = new HashMap<>();
  private final Map<Long, Integer> offsets = new HashMap<>();

  /** Takes a type instruction; others are ignored. */
  void read(int opcode, int[] words, int at, int length) {
    if (opcode >= OP_TYPE_BOOL && opcode <= OP_TYPE_POINTER) {
      int[] type = Arrays.copyOfRange(words, at + 1, at + length);
      // The result id is the key; its place in the array takes the opcode.
      types.put(type[0], type);
      type[0] = opcode;
    }
  }

  void decorate(int target, int decoration, int value) {
    if (decoration == DECORATION_ARRAY_STRIDE) {
      strides.put(target, value);
    }
  }

  void constant(int id, int value) {
    constants.put(id, value);
  }

  int constant(int id) {
    return constants.getOrDefault(id, 0);
  }

  void offset(int struct, int member, int offsetBytes) {
    offsets.put(key(struct, member), offsetBytes);
  }

  int offset(int struct, int member) {
    return offsets.getOrDefault(key(struct, member), 0);
  }

  boolean hasOffsets(int struct) {
    return offsets.containsKey(key(struct, 0));
  }

  int pointee(int pointerType) {
    int[] type = types.get(pointerType);
    return type == null || type[0] != OP_TYPE_POINTER ? 0 : type[2];
  }

  /** Returns the storage class of a pointer type, or -1 for another type. */
  int storage(int pointerType) {
    int[] type = types.get(pointerType);
    return type == null || type[0] != OP_TYPE_POINTER ? -1 : type[1];
  }

  int[] members(int struct) {
    int[] type = types.get(struct);
    return type == null || type[0] != OP_TYPE_STRUCT
        ? NONE
        : Arrays.copyOfRange(type, 1, type.length);
  }

  boolean isLong(int id) {
    int[] type = types.get(id);
    return type != null && type[0] == OP_TYPE_INT && type[1] == Long.SIZE;
  }

  /** Returns the type of one part of a type, or 0 where it has no such part. */
  int part(int id, long index) {
    int[] type = types.get(id);
    if (type == null || index < 0) {
      return 0;
    }
    return switch (type[0]) {
      case OP_TYPE_VECTOR, OP_TYPE_ARRAY, OP_TYPE_RUNTIME_ARRAY -> type[1];
      case OP_TYPE_STRUCT -> index < type.length - 1 ? type[(int) index + 1] : 0;
      default -> 0;
    };
  }

  /** Returns where one part of a type starts in memory, in bytes from the start of the whole. */
  long partOffset(int id, long index) {
    int[] type = types.get(id);
    return type[0] == OP_TYPE_STRUCT
        ? offset(id, (int) index)
        : index * strides.getOrDefault(id, sizeBytes(type[1]));
  }

  /** Returns the id of the type of pointers of a storage class to a type, or 0 for none. */
  int pointerTo(int pointee, int storage) {
    return types.entrySet().stream()
        .filter(each -> each.getValue()[0] == OP_TYPE_POINTER)
        .filter(each -> each.getValue()[1] == storage && each.getValue()[2] == pointee)
        .mapToInt(Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }

  int sizeBytes(int id) {
    int[] type = types.get(id);
    if (type == null) {
      return 0;
    }
    return switch (type[0]) {
      case OP_TYPE_BOOL -> Integer.BYTES;
      case OP_TYPE_INT, OP_TYPE_FLOAT -> type[1] / Byte.SIZE;
      case OP_TYPE_VECTOR -> sizeBytes(type[1]) * type[2];
      case OP_TYPE_ARRAY -> strides.getOrDefault(id, sizeBytes(type[1])) * constant(type[2]);
      case OP_TYPE_RUNTIME_ARRAY -> 0;
      case OP_TYPE_STRUCT -> structBytes(id);
      case OP_TYPE_POINTER -> POINTER_BYTES;
      default -> 0;
    };
  }

  /** The end of the last member, without padding to the struct's alignment. */
  private int structBytes(int id) {
    int[] members = members(id);
    int end = 0;
    for (int i = 0; i < members.length; i++) {
      end = Math.max(end, offset(id, i) + sizeBytes(members[i]));
    }
    return end;
  }

  private static long key(int struct, int member) {
    return ((long) struct << 32) | member;
  }
}
