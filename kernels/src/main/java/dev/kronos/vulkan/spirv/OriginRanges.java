// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static dev.kronos.vulkan.spirv.SpirvCode.instruction;
import static dev.kronos.vulkan.spirv.SpirvCode.opcode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has the range that holds each origin of addresses looked up once: of those known when a kernel
 * starts there, all in one loop, of others where they are computed. Used once, by one thread.
 */
final class OriginRanges {

  private static final int OP_ENTRY_POINT = 15;
  private static final int OP_FUNCTION = 54;
  private static final int OP_FUNCTION_PARAMETER = 55;
  private static final int OP_FUNCTION_CALL = 57;
  private static final int OP_LOAD = 61;
  private static final int OP_STORE = 62;
  private static final int OP_COPY_OBJECT = 83;
  private static final int OP_CONVERT_POINTER_TO_INTEGER = 117;
  private static final int OP_PHI = 245;
  private static final int OP_LABEL = 248;
  private static final int OP_RETURN = 253;
  private static final int OP_FUNCTION_END = 56;

  private record Key(AddressOrigin origin, int mode) {}

  private final SpirvCode module;
  private final SpirvDefinitions definitions;
  private final CheckFunctions functions;
  private final CheckConstants constants;
  private final Map<Key, Integer> ranges = new LinkedHashMap<>();
  private final Map<Integer, List<int[]>> lookups = new HashMap<>();
  private int table;
  private int tableEnd;
  private int furthestBytes;

  OriginRanges(
      SpirvCode module,
      SpirvDefinitions definitions,
      CheckFunctions functions,
      CheckConstants constants) {
    this.module = module;
    this.definitions = definitions;
    this.functions = functions;
    this.constants = constants;
  }

  /** Returns the id of the range in which all may be done that holds an origin. */
  int of(AddressOrigin origin, int mode) {
    return ranges.computeIfAbsent(
        new Key(origin, mode),
        key -> {
          int id = module.newId();
          if (origin.kind() == AddressOrigin.Kind.ARGUMENT) {
            argumentTable(origin.place(), Long.BYTES);
          } else if (!origin.early()) {
            lookUp(origin.place(), mode, id);
          }
          return id;
        });
  }

  /** Returns the id of the address to read an argument table from, up to some constant offset. */
  int argumentTable(int offset, int sizeBytes) {
    if (table == 0) {
      table = module.newId();
    }
    if (offset + sizeBytes > tableEnd) {
      tableEnd = offset + sizeBytes;
      furthestBytes = sizeBytes;
    }
    return table;
  }

  private void lookUp(int origin, int mode, int range) {
    List<int[]> code = lookups.computeIfAbsent(origin, key -> new ArrayList<>());
    int address = origin;
    if (definitions.typeOf(origin) != constants.longType()) {
      address = module.newId();
      code.add(instruction(OP_CONVERT_POINTER_TO_INTEGER, constants.longType(), address, origin));
    }
    code.add(call(constants.rangeType(), range, "Find", address, constants.intConstant(mode)));
  }

  /** Returns the code of functions with everything that looks ranges up. */
  List<int[]> place(List<int[]> code) {
    List<int[]> placed = new ArrayList<>();
    List<int[]> origins = new ArrayList<>();
    List<int[]> begin = begin(origins);
    List<int[]> pending = new ArrayList<>();
    int function = 0;
    for (int[] each : code) {
      function = opcode(each) == OP_FUNCTION ? each[2] : function;
      if (opcode(each) != OP_PHI && !pending.isEmpty()) {
        placed.addAll(pending);
        pending.clear();
      }
      if (function == functions.id("Origins")) {
        placeOrigins(each, origins, placed);
      } else if (isCall(each, "Begin")) {
        placed.addAll(begin);
        placed.add(instruction(OP_COPY_OBJECT, each[1], each[2], constants.intConstant(0)));
      } else {
        placed.add(each);
        pending.addAll(lookupsAfter(each, function));
      }
    }
    return placed;
  }

  private List<int[]> lookupsAfter(int[] each, int function) {
    boolean defines = each.length > 2 && definitions.value(each[2]) != null;
    return defines && !functions.contains(function) && sameResult(each)
        ? lookups.getOrDefault(each[2], List.of())
        : List.of();
  }

  /** A store's second word is no result; an access keeps its result when it is changed. */
  private boolean sameResult(int[] each) {
    int[] known = definitions.value(each[2]);
    return opcode(known) == opcode(each) && known[1] == each[1];
  }

  /** Puts code in the place of the function's own. */
  private static void placeOrigins(int[] each, List<int[]> origins, List<int[]> placed) {
    switch (opcode(each)) {
      case OP_FUNCTION, OP_FUNCTION_PARAMETER, OP_LABEL, OP_FUNCTION_END -> placed.add(each);
      case OP_RETURN -> {
        placed.addAll(origins);
        placed.add(each);
      }
      default -> {}
    }
  }

  private boolean isCall(int[] each, String name) {
    return opcode(each) == OP_FUNCTION_CALL && each[3] == functions.id(name);
  }

  /** Makes the code that a kernel starts with, and for each range the code that matches it. */
  private List<int[]> begin(List<int[]> match) {
    List<int[]> before = new ArrayList<>();
    List<int[]> after = new ArrayList<>();
    if (table != 0) {
      before.add(
          call(
              constants.longType(),
              table,
              "Arguments",
              constants.intConstant(tableEnd - furthestBytes),
              constants.intConstant(furthestBytes)));
    }
    Map<AddressOrigin, Integer> addresses = new HashMap<>();
    ranges.forEach(
        (key, range) -> {
          if (key.origin.equals(AddressOrigin.TABLE)) {
            before.add(call(constants.rangeType(), range, "ArgumentRange"));
          } else if (key.origin.early()) {
            int address = addresses.computeIfAbsent(key.origin, o -> address(o, before));
            int found = constants.variable(constants.rangeType());
            match(address, found, key.mode, match);
            after.add(instruction(OP_LOAD, constants.rangeType(), range, found));
          }
        });
    if (!after.isEmpty()) {
      before.add(call(voidType(), module.newId(), "Ranges"));
    }
    before.addAll(after);
    return before;
  }

  /** Keeps an origin's address in a variable. */
  private int address(AddressOrigin origin, List<int[]> code) {
    int value = module.newId();
    int variable = constants.variable(constants.longType());
    code.add(
        origin.kind() == AddressOrigin.Kind.STATUS
            ? call(constants.longType(), value, "Status")
            : call(
                constants.longType(),
                value,
                "Argument",
                table,
                constants.intConstant(origin.place())));
    code.add(instruction(OP_STORE, variable, value));
    return variable;
  }

  private void match(int addressVariable, int foundVariable, int mode, List<int[]> code) {
    int address = module.newId();
    int before = module.newId();
    int found = module.newId();
    int[] parameters = parametersOfOrigins();
    code.add(instruction(OP_LOAD, constants.longType(), address, addressVariable));
    code.add(instruction(OP_LOAD, constants.rangeType(), before, foundVariable));
    code.add(
        call(
            constants.rangeType(),
            found,
            "Match",
            address,
            before,
            parameters[0],
            parameters[1],
            constants.intConstant(mode)));
    code.add(instruction(OP_STORE, foundVariable, found));
  }

  private int[] parametersOfOrigins() {
    List<int[]> all = module.instructions();
    int at = 0;
    while (opcode(all.get(at)) != OP_FUNCTION || all.get(at)[2] != functions.id("Origins")) {
      at++;
    }
    return new int[] {all.get(at + 1)[2], all.get(at + 2)[2]};
  }

  private int voidType() {
    return module.instructions().stream()
        .filter(each -> opcode(each) == OP_FUNCTION && each[2] == functions.id("Ranges"))
        .findFirst()
        .orElseThrow()[1];
  }

  private int[] call(int type, int result, String name, int... arguments) {
    int[] operands = new int[3 + arguments.length];
    operands[0] = type;
    operands[1] = result;
    operands[2] = functions.id(name);
    System.arraycopy(arguments, 0, operands, 3, arguments.length);
    return instruction(OP_FUNCTION_CALL, operands);
  }

  /** Returns the declarations of a module with what the entry point touches besides. */
  List<int[]> declared(List<int[]> declarations) {
    List<int[]> changed = new ArrayList<>(declarations);
    List<Integer> variables = constants.variables();
    changed.replaceAll(
        each -> {
          if (opcode(each) != OP_ENTRY_POINT) {
            return each;
          }
          int[] longer = Arrays.copyOf(each, each.length + variables.size());
          for (int i = 0; i < variables.size(); i++) {
            longer[each.length + i] = variables.get(i);
          }
          longer[0] += variables.size() << 16;
          return longer;
        });
    return changed;
  }
}
