// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static dev.kronos.vulkan.spirv.SpirvCode.instruction;
import static dev.kronos.vulkan.spirv.SpirvCode.opcode;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Routes the address of every access to global memory in a module through its check functions, see
 * {@code include/checked.glsl}. The functions themselves are left alone. Used once, by one thread.
 *
 * <pre>
 *   %x = OpLoad %type %pointer            %a = OpConvertPtrToU %ulong %pointer
 *                                         %b = OpFunctionCall %ulong %kronos_checkAccess %a %range %what
 *                                  ->     %p = OpConvertUToPtr %pointerType %b
 *                                         %x = OpLoad %type %p
 * </pre>
 *
 * <p>Reads of the argument table at constant offsets need no check of their own: where the furthest
 * of them may be read, all may.
 */
final class AccessChecks {

  private static final int OP_FUNCTION = 54;
  private static final int OP_FUNCTION_CALL = 57;
  private static final int OP_CONVERT_POINTER_TO_INTEGER = 117;
  private static final int OP_CONVERT_INTEGER_TO_POINTER = 120;
  private static final int OP_ADD = 128;
  private static final int STORAGE_GLOBAL = 5349;
  private static final int READ = 1;
  private static final int MODE_SHIFT = 16;

  /** As {@code checked.glsl} has it: what is read or written instead has this size. */
  private static final int HARMLESS_BYTES = 1024;

  private final String name;
  private final SpirvCode module;
  private final SpirvDefinitions definitions;
  private final CheckFunctions functions;
  private final CheckConstants constants;
  private final AddressOrigins origins;
  private final OriginRanges ranges;
  private final List<int[]> body = new ArrayList<>();
  private boolean begun;

  AccessChecks(String name, byte[] code) {
    this.name = name;
    this.module = SpirvCode.of(code);
    this.definitions = SpirvDefinitions.of(module);
    this.functions = CheckFunctions.of(name, module);
    this.constants = new CheckConstants(module, definitions, functions);
    this.origins = new AddressOrigins(definitions, HARMLESS_BYTES);
    this.ranges = new OriginRanges(module, definitions, functions, constants);
  }

  /** Returns the module with its checks. */
  byte[] insert() {
    List<int[]> declarations = new ArrayList<>();
    int function = 0;
    for (int[] each : module.instructions()) {
      function = opcode(each) == OP_FUNCTION ? each[2] : function;
      if (function == 0) {
        declarations.add(each);
      } else {
        body.add(functions.contains(function) ? each : checked(each));
        begun |= opcode(each) == OP_FUNCTION_CALL && each[3] == functions.id("Begin");
      }
    }
    List<int[]> placed = ranges.place(body);
    List<int[]> code = new ArrayList<>(ranges.declared(declarations));
    code.addAll(constants.declarations());
    code.addAll(placed);
    module.instructions(code);
    return module.toBytes();
  }

  /** Adds the checks that an instruction needs and returns it with its pointers replaced. */
  private int[] checked(int[] each) {
    if (MemoryAccess.unlisted(opcode(each)) || isGlobalMatrix(each)) {
      throw refused("access of an unlisted kind: opcode=" + opcode(each));
    }
    int[] changed = each;
    for (MemoryAccess access : MemoryAccess.of(opcode(each))) {
      int pointer = each[access.pointerWord()];
      int pointerType = definitions.typeOf(pointer);
      if (pointerType == 0) {
        throw refused("access through an unlisted pointer: opcode=" + opcode(each));
      }
      if (definitions.types().storage(pointerType) == STORAGE_GLOBAL && !isPrefix(pointer)) {
        changed = definitions.shared(pointer) ? access.asVolatile(changed) : changed.clone();
        changed[access.pointerWord()] = check(pointer, pointerType, access.mode());
      }
    }
    return changed;
  }

  private boolean isGlobalMatrix(int[] each) {
    int word = MemoryAccess.matrixPointerWord(opcode(each));
    if (word == 0) {
      return false;
    }
    int type = definitions.typeOf(each[word]);
    return type == 0 || definitions.types().storage(type) == STORAGE_GLOBAL;
  }

  /** What the host wrote in front of an argument table is read before anything can be checked. */
  private boolean isPrefix(int pointer) {
    return !begun && origins.argumentOffset(pointer).orElse(0) < 0;
  }

  private int check(int pointer, int pointerType, int mode) {
    int sizeBytes = definitions.types().sizeBytes(definitions.types().pointee(pointerType));
    if (sizeBytes <= 0 || sizeBytes > HARMLESS_BYTES) {
      throw refused("access of a size that cannot be checked: sizeBytes=" + sizeBytes);
    }
    OptionalLong argument = origins.argumentOffset(pointer);
    long offset = argument.orElse(-1);
    boolean constant = mode == READ && offset >= 0 && offset + sizeBytes <= HARMLESS_BYTES;
    int allowed = constant ? argument((int) offset, sizeBytes) : inRange(pointer, sizeBytes, mode);
    int result = module.newId();
    body.add(instruction(OP_CONVERT_INTEGER_TO_POINTER, pointerType, result, allowed));
    return result;
  }

  private int argument(int offset, int sizeBytes) {
    int result = module.newId();
    int start = ranges.argumentTable(offset, sizeBytes);
    body.add(
        instruction(OP_ADD, constants.longType(), result, start, constants.longConstant(offset)));
    return result;
  }

  private int inRange(int pointer, int sizeBytes, int mode) {
    int address = module.newId();
    int allowed = module.newId();
    int range = ranges.of(rangeOrigin(pointer, mode), mode);
    body.add(instruction(OP_CONVERT_POINTER_TO_INTEGER, constants.longType(), address, pointer));
    body.add(
        instruction(
            OP_FUNCTION_CALL,
            constants.longType(),
            allowed,
            functions.id("Access"),
            address,
            range,
            constants.intConstant(mode << MODE_SHIFT | sizeBytes)));
    return allowed;
  }

  /**
   * An argument table is only read, so that no range is known for writing there. What no
   * instruction of a function computes, such as a constant, has no place to be looked up at.
   */
  private AddressOrigin rangeOrigin(int pointer, int mode) {
    AddressOrigin origin = origins.of(pointer);
    boolean writtenTable = origin.equals(AddressOrigin.TABLE) && mode != READ;
    boolean computed =
        origin.kind() != AddressOrigin.Kind.VALUE || definitions.isComputed(origin.place());
    return writtenTable || !computed || origin.equals(AddressOrigin.OPEN)
        ? AddressOrigin.value(pointer)
        : origin;
  }

  private ShaderCompileException refused(String reason) {
    return new ShaderCompileException("shader cannot be checked", name, reason);
  }
}
