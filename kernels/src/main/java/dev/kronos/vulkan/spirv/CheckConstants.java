// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static dev.kronos.vulkan.spirv.SpirvCode.instruction;
import static dev.kronos.vulkan.spirv.SpirvCode.opcode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the constants and variables that checks need, of the types that their functions have. */
final class CheckConstants {

  private static final int OP_TYPE_FUNCTION = 33;
  private static final int OP_TYPE_POINTER = 32;
  private static final int OP_CONSTANT = 43;
  private static final int OP_CONSTANT_NULL = 46;
  private static final int OP_FUNCTION = 54;
  private static final int OP_VARIABLE = 59;
  private static final int STORAGE_PRIVATE = 6;

  private final SpirvCode module;
  private final SpirvDefinitions definitions;
  private final Map<Integer, Integer> ints = new HashMap<>();
  private final Map<Integer, Integer> longs = new HashMap<>();
  private final Map<Integer, Integer> pointerTypes = new HashMap<>();
  private final List<int[]> declarations = new ArrayList<>();
  private final List<Integer> variables = new ArrayList<>();
  private final int longType;
  private final int rangeType;
  private final int intType;

  CheckConstants(SpirvCode module, SpirvDefinitions definitions, CheckFunctions functions) {
    this.module = module;
    this.definitions = definitions;
    int[] signature = signature(functions.id("Access"));
    longType = signature[3];
    rangeType = signature[4];
    intType = signature[5];
  }

  /** The type of a function: its result's type, then those of its parameters, from word 2. */
  private int[] signature(int function) {
    int type =
        module.instructions().stream()
            .filter(each -> opcode(each) == OP_FUNCTION && each[2] == function)
            .findFirst()
            .orElseThrow()[4];
    return module.instructions().stream()
        .filter(each -> opcode(each) == OP_TYPE_FUNCTION && each[1] == type)
        .findFirst()
        .orElseThrow();
  }

  int longType() {
    return longType;
  }

  int rangeType() {
    return rangeType;
  }

  int intConstant(int value) {
    return ints.computeIfAbsent(
        value,
        key -> {
          int id = module.newId();
          declarations.add(instruction(OP_CONSTANT, intType, id, key));
          return id;
        });
  }

  /** Returns a 64-bit constant of a value that is not negative. */
  int longConstant(int value) {
    return longs.computeIfAbsent(
        value,
        key -> {
          int id = module.newId();
          declarations.add(instruction(OP_CONSTANT, longType, id, key, 0));
          return id;
        });
  }

  /** Makes a variable of each invocation that is zero at first. */
  int variable(int type) {
    int pointer = pointerTypes.computeIfAbsent(type, this::pointerType);
    int zero = module.newId();
    int id = module.newId();
    declarations.add(instruction(OP_CONSTANT_NULL, type, zero));
    declarations.add(instruction(OP_VARIABLE, pointer, id, STORAGE_PRIVATE, zero));
    variables.add(id);
    return id;
  }

  private int pointerType(int type) {
    int known = definitions.types().pointerTo(type, STORAGE_PRIVATE);
    if (known != 0) {
      return known;
    }
    int id = module.newId();
    declarations.add(instruction(OP_TYPE_POINTER, id, STORAGE_PRIVATE, type));
    return id;
  }

  /** Returns the variables. */
  List<Integer> variables() {
    return variables;
  }

  /** Returns what stands before the functions of the module, after its own declarations. */
  List<int[]> declarations() {
    return declarations;
  }
}
