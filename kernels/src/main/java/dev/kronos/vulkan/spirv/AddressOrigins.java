// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static dev.kronos.vulkan.spirv.SpirvCode.opcode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Traces addresses back to what they were computed from: of a sum, to the part that is an address.
 * Where that is in doubt, an address is its own origin. Not thread-safe.
 */
final class AddressOrigins {

  private static final int OP_PTR_ACCESS_CHAIN = 67;
  private static final int OP_IN_BOUNDS_PTR_ACCESS_CHAIN = 70;
  private static final int OP_COMPOSITE_EXTRACT = 81;
  private static final int OP_COPY_OBJECT = 83;
  private static final int OP_CONVERT_POINTER_TO_INTEGER = 117;
  private static final int OP_CONVERT_INTEGER_TO_POINTER = 120;
  private static final int OP_BITCAST = 124;
  private static final int OP_ADD = 128;
  private static final int OP_SUBTRACT = 130;
  private static final int OP_SELECT = 169;
  private static final int OP_AND = 199;
  private static final int OP_PHI = 245;
  private static final int STORAGE_PUSH_CONSTANT = 9;
  private static final int ROOT_STATUS = 8;

  private final SpirvDefinitions definitions;
  private final long tableBytes;
  private final Map<Integer, AddressOrigin> known = new HashMap<>();
  private final Set<Integer> open = new HashSet<>();
  private int cycles;

  /**
   * Creates a tracer.
   *
   * @param tableBytes how much of an argument table is read without a check of its own
   */
  AddressOrigins(SpirvDefinitions definitions, long tableBytes) {
    this.definitions = definitions;
    this.tableBytes = tableBytes;
  }

  /** Returns the origin of a pointer or of an integer that is an address. */
  AddressOrigin of(int id) {
    AddressOrigin found = known.get(id);
    if (found != null) {
      return found;
    }
    if (!open.add(id)) {
      cycles++;
      return AddressOrigin.OPEN;
    }
    int before = cycles;
    found = trace(id);
    open.remove(id);
    // What was found before a loop was followed to its end may be untrue of the whole.
    if (cycles == before || open.isEmpty()) {
      known.put(id, found);
    }
    return found;
  }

  private AddressOrigin trace(int id) {
    int[] value = definitions.value(id);
    if (value == null) {
      return AddressOrigin.value(id);
    }
    return switch (opcode(value)) {
      case SpirvDefinitions.OP_ACCESS_CHAIN,
          SpirvDefinitions.OP_IN_BOUNDS_ACCESS_CHAIN,
          OP_PTR_ACCESS_CHAIN,
          OP_IN_BOUNDS_PTR_ACCESS_CHAIN,
          OP_COPY_OBJECT,
          OP_CONVERT_POINTER_TO_INTEGER,
          OP_CONVERT_INTEGER_TO_POINTER ->
          of(value[3]);
      case OP_BITCAST ->
          definitions.isAddressType(value[3]) ? of(value[3]) : AddressOrigin.value(id);
      case OP_ADD -> sum(id, value[3], value[4]);
      case OP_SUBTRACT -> isAddress(value[3]) ? of(value[3]) : AddressOrigin.value(id);
      case OP_AND -> masked(id, value[3], value[4]);
      case OP_SELECT -> common(id, value, 4, 1);
      case OP_PHI -> common(id, value, 3, 2);
      case SpirvDefinitions.OP_LOAD -> loaded(id, value[3], 0);
      case OP_COMPOSITE_EXTRACT -> extracted(id, value);
      default -> AddressOrigin.value(id);
    };
  }

  private AddressOrigin sum(int id, int left, int right) {
    boolean one = isAddress(left);
    boolean other = isAddress(right);
    if (one && other) {
      // A sum of an argument and of what was read later is mostly an address and an offset.
      one = of(left).early();
      other = of(right).early();
    }
    return one == other ? AddressOrigin.value(id) : of(one ? left : right);
  }

  private AddressOrigin masked(int id, int left, int right) {
    return definitions.constant(right).isPresent()
        ? of(left)
        : definitions.constant(left).isPresent() ? of(right) : AddressOrigin.value(id);
  }

  /**
   * Values that take turns have the origin of all of them, or are their own. What comes round from
   * the value that is being traced adds nothing.
   */
  private AddressOrigin common(int id, int[] value, int from, int step) {
    AddressOrigin found = AddressOrigin.OPEN;
    for (int i = from; i < value.length; i += step) {
      AddressOrigin each = of(value[i]);
      if (found.equals(AddressOrigin.OPEN)) {
        found = each;
      } else if (!each.equals(AddressOrigin.OPEN) && !each.equals(found)) {
        return AddressOrigin.value(id);
      }
    }
    return found;
  }

  private AddressOrigin loaded(int id, int pointer, long partOffset) {
    int[] chain = definitions.value(pointer);
    SpirvTypes types = definitions.types();
    if (types.storage(definitions.typeOf(pointer)) == STORAGE_PUSH_CONSTANT) {
      long offset = chain.length > 4 ? definitions.chainOffset(chain).orElse(-1) : -1;
      return offset == 0
          ? AddressOrigin.TABLE
          : offset == ROOT_STATUS ? AddressOrigin.STATUS : AddressOrigin.value(id);
    }
    OptionalLong offset = argumentOffset(pointer);
    long place = offset.orElse(tableBytes) + partOffset;
    return place >= 0 && place + Long.BYTES <= tableBytes
        ? AddressOrigin.argument((int) place)
        : AddressOrigin.value(id);
  }

  private AddressOrigin extracted(int id, int[] extract) {
    int[] whole = definitions.value(extract[3]);
    OptionalLong offset =
        whole != null && opcode(whole) == SpirvDefinitions.OP_LOAD
            ? definitions.partOffset(extract)
            : OptionalLong.empty();
    return offset.isEmpty() ? AddressOrigin.value(id) : loaded(id, whole[3], offset.getAsLong());
  }

  /** Returns where in the argument table a pointer points to, or nothing where that varies. */
  OptionalLong argumentOffset(int pointer) {
    int[] value = definitions.value(pointer);
    if (value == null) {
      return OptionalLong.empty();
    }
    return switch (opcode(value)) {
      case SpirvDefinitions.OP_ACCESS_CHAIN, SpirvDefinitions.OP_IN_BOUNDS_ACCESS_CHAIN ->
          plus(argumentOffset(value[3]), definitions.chainOffset(value));
      case OP_COPY_OBJECT,
          OP_CONVERT_POINTER_TO_INTEGER,
          OP_CONVERT_INTEGER_TO_POINTER,
          OP_BITCAST ->
          argumentOffset(value[3]);
      case OP_ADD ->
          definitions.constant(value[4]).isPresent()
              ? plus(argumentOffset(value[3]), definitions.constant(value[4]))
              : plus(argumentOffset(value[4]), definitions.constant(value[3]));
      case OP_SUBTRACT -> plus(argumentOffset(value[3]), negated(definitions.constant(value[4])));
      case SpirvDefinitions.OP_LOAD ->
          of(pointer).equals(AddressOrigin.TABLE) ? OptionalLong.of(0) : OptionalLong.empty();
      default -> OptionalLong.empty();
    };
  }

  private static OptionalLong negated(OptionalLong value) {
    return value.isEmpty() ? value : OptionalLong.of(-value.getAsLong());
  }

  private static OptionalLong plus(OptionalLong left, OptionalLong right) {
    return left.isEmpty() || right.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(left.getAsLong() + right.getAsLong());
  }

  /** Returns whether an operand of a sum may be an address: not what counts or scales. */
  private boolean isAddress(int id) {
    int[] value = definitions.value(id);
    if (value == null) {
      return false;
    }
    return switch (opcode(value)) {
      case OP_ADD -> isAddress(value[3]) || isAddress(value[4]);
      case OP_SUBTRACT -> isAddress(value[3]);
      case OP_AND -> isAddress(value[3]) || isAddress(value[4]);
      case SpirvDefinitions.OP_LOAD,
          OP_COMPOSITE_EXTRACT,
          OP_COPY_OBJECT,
          OP_CONVERT_POINTER_TO_INTEGER,
          OP_BITCAST,
          OP_SELECT,
          OP_PHI ->
          true;
      default -> false;
    };
  }
}
