// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static dev.kronos.vulkan.spirv.SpirvCode.instruction;
import static dev.kronos.vulkan.spirv.SpirvCode.opcode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Routes the address of every access to global memory in a module through its check function, see
 * {@code include/checked.glsl}. The function itself is left alone. Used once, by one thread.
 *
 * <pre>
 *   %x = OpLoad %type %pointer            %a = OpConvertPtrToU %ulong %pointer
 *                                         %b = OpFunctionCall %ulong %kronos_checked %a %size %mode
 *                                  ->     %p = OpConvertUToPtr %pointerType %b
 *                                         %x = OpLoad %type %p
 * </pre>
 */
final class AccessChecks {

  private static final int OP_FUNCTION = 54;
  private static final int OP_FUNCTION_CALL = 57;
  private static final int OP_CONSTANT = 43;
  private static final int OP_TYPE_FUNCTION = 33;
  private static final int OP_ACCESS_CHAIN = 65;
  private static final int OP_IN_BOUNDS_ACCESS_CHAIN = 66;
  private static final int OP_DECORATE = 71;
  private static final int OP_MEMBER_DECORATE = 72;
  private static final int OP_CONVERT_POINTER_TO_INTEGER = 117;
  private static final int OP_CONVERT_INTEGER_TO_POINTER = 120;
  private static final int DECORATION_VOLATILE = 21;
  private static final int DECORATION_COHERENT = 23;
  private static final int DECORATION_OFFSET = 35;
  private static final int STORAGE_GLOBAL = 5349;

  /** Instructions whose result may be a pointer: result type, result. */
  private static final Set<Integer> POINTER_MAKERS =
      Set.of(12, 55, 57, 59, 61, 65, 66, 67, 70, 81, 83, 120, 124, 169, 245);

  /** As {@code checked.glsl} has it: what is read or written instead has this size. */
  private static final int HARMLESS_BYTES = 1024;

  private final String name;
  private final SpirvCode module;
  private final SpirvTypes types = new SpirvTypes();
  private final Map<Integer, Integer> pointerTypes = new HashMap<>();
  private final Set<Integer> sharedStructs = new HashSet<>();
  private final Set<Integer> sharedPointers = new HashSet<>();
  private final Map<Integer, Integer> constants = new HashMap<>();
  private final List<int[]> constantCode = new ArrayList<>();
  private final List<int[]> functionCode = new ArrayList<>();
  private final int checkFunction;
  private int longType;
  private int intType;

  AccessChecks(String name, byte[] code) {
    this.name = name;
    this.module = SpirvCode.of(code);
    this.checkFunction = CheckFunction.id(name, module);
  }

  /** Returns the module with its checks. */
  byte[] insert() {
    module.instructions().forEach(this::learn);
    readSignature();
    List<int[]> code = new ArrayList<>();
    boolean inFunctions = false;
    boolean inCheck = false;
    for (int[] each : module.instructions()) {
      if (opcode(each) == OP_FUNCTION) {
        inFunctions = true;
        inCheck = each[2] == checkFunction;
      }
      if (!inFunctions) {
        code.add(each);
      } else if (inCheck) {
        functionCode.add(each);
      } else if (!keepsFunction(each)) {
        functionCode.add(checked(each));
      }
    }
    code.addAll(constantCode);
    code.addAll(functionCode);
    module.instructions(code);
    return module.toBytes();
  }

  /** The one call in the source has no other use than to keep the function. */
  private boolean keepsFunction(int[] each) {
    return opcode(each) == OP_FUNCTION_CALL && each[3] == checkFunction;
  }

  private void learn(int[] each) {
    int opcode = opcode(each);
    types.read(opcode, each, 0, each.length);
    if (POINTER_MAKERS.contains(opcode)) {
      pointerTypes.put(each[2], each[1]);
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
    int struct = types.pointee(pointerTypes.getOrDefault(each[3], 0));
    if (sharedStructs.contains(struct) || sharedPointers.contains(each[3])) {
      sharedPointers.add(each[2]);
    }
  }

  private void readSignature() {
    int functionType =
        module.instructions().stream()
            .filter(each -> opcode(each) == OP_FUNCTION && each[2] == checkFunction)
            .findFirst()
            .orElseThrow()[4];
    int[] signature =
        module.instructions().stream()
            .filter(each -> opcode(each) == OP_TYPE_FUNCTION && each[1] == functionType)
            .findFirst()
            .orElseThrow();
    longType = signature[3];
    intType = signature[4];
  }

  /** Adds the checks that an instruction needs and returns it with its pointers replaced. */
  private int[] checked(int[] each) {
    if (MemoryAccess.unlisted(opcode(each))) {
      throw refused("access of an unlisted kind: opcode=" + opcode(each));
    }
    int[] changed = each;
    for (MemoryAccess access : MemoryAccess.of(opcode(each))) {
      int pointer = each[access.pointerWord()];
      int pointerType = pointerTypes.getOrDefault(pointer, 0);
      if (pointerType == 0) {
        throw refused("access through an unlisted pointer: opcode=" + opcode(each));
      }
      if (types.storage(pointerType) == STORAGE_GLOBAL) {
        changed = sharedPointers.contains(pointer) ? access.asVolatile(changed) : changed.clone();
        changed[access.pointerWord()] = check(pointer, pointerType, access.mode());
      }
    }
    return changed;
  }

  private int check(int pointer, int pointerType, int mode) {
    int sizeBytes = types.sizeBytes(types.pointee(pointerType));
    if (sizeBytes <= 0 || sizeBytes > HARMLESS_BYTES) {
      throw refused("access of a size that cannot be checked: sizeBytes=" + sizeBytes);
    }
    int address = module.newId();
    int allowed = module.newId();
    int result = module.newId();
    functionCode.add(instruction(OP_CONVERT_POINTER_TO_INTEGER, longType, address, pointer));
    functionCode.add(
        instruction(
            OP_FUNCTION_CALL,
            longType,
            allowed,
            checkFunction,
            address,
            constant(sizeBytes),
            constant(mode)));
    functionCode.add(instruction(OP_CONVERT_INTEGER_TO_POINTER, pointerType, result, allowed));
    return result;
  }

  private int constant(int value) {
    return constants.computeIfAbsent(
        value,
        key -> {
          int id = module.newId();
          constantCode.add(instruction(OP_CONSTANT, intType, id, key));
          return id;
        });
  }

  private ShaderCompileException refused(String reason) {
    return new ShaderCompileException("shader cannot be checked", name, reason);
  }
}
