// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.operator.window.WindowFrame.Bound;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Generates the kernel that writes the results. Arguments: {@code counters}, of which the first one
 * gets the rank of a call that overflowed; running numbers and first rows of partitions and of
 * groups of peers; what {@link WindowPlan} lists; distances of frames; then the output columns.
 */
final class EmitCode {
  private final WindowPlan plan;
  private final List<WindowCall> calls;
  private final int firstCall;
  private final OutputCode output;
  private final KernelText kernel = new KernelText("window/emit");
  private final WindowCode.Columns columns;

  /** Creates the generator of one of the kernels that write results. */
  EmitCode(WindowPlan plan, int slice) {
    this.plan = plan;
    this.calls = plan.callsOf(slice);
    this.firstCall = plan.firstOf(slice);
    this.output = new OutputCode(plan.layoutsOf(slice), plan.firstCharacters(slice));
    kernel.arguments("counters", "partitions", "partitionRows", "peers", "peerRows");
    kernel.columns(plan.layouts().size());
    kernel.resource("pipeline/words.glsl").resource("window/sums.glsl");
    this.columns = new WindowCode.Columns(kernel, plan.layouts());
  }

  ShaderSource source() {
    addLooks();
    addSums();
    addFloats();
    addFolds();
    for (int i = 0; i < plan.ranges().size(); i++) {
      kernel.arguments("rangeLower" + i, "rangeUpper" + i);
    }
    for (int call = 0; call < calls.size(); call++) {
      kernel.arguments("lower" + call, "upper" + call, "place" + call);
    }
    kernel.arguments(output.arguments());
    output.addFunctions(kernel);
    StringBuilder row = new StringBuilder("uint row = k_position;\n").append(PLACES);
    for (int call = 0; call < calls.size(); call++) {
      row.append("{\n").append(result(call)).append(output.store(call, "result", "valid"));
      row.append("}\n");
    }
    output.addMain(kernel, row.toString());
    return kernel.source();
  }

  /** Says where a row's partition and its peers are. */
  static final String PLACES =
      """
      uint part = BufferU32(k_args.partitions).v[row + 1u] - 1u;
      uint start = BufferU32(k_args.partitionRows).v[part];
      uint end = BufferU32(k_args.partitionRows).v[part + 1u];
      uint group = BufferU32(k_args.peers).v[row + 1u] - 1u;
      uint firstPeer = BufferU32(k_args.peerRows).v[group];
      uint lastPeer = BufferU32(k_args.peerRows).v[group + 1u] - 1u;
      """;

  /** Adds functions that count rows looked at before a row, and find them by their number. */
  private void addLooks() {
    kernel.append("uint k_before(uint row) {\n  return row;\n}");
    kernel.append("uint k_rowOf(uint number) {\n  return number;\n}");
    for (int i = 0; i < plan.looks().size(); i++) {
      kernel.arguments("looked" + i, "lookedRows" + i);
      kernel.append(
          "uint k_before%1$d(uint row) {\n  return BufferU32(k_args.looked%1$d).v[row];\n}"
              .formatted(i));
      kernel.append(
          "uint k_rowOf%1$d(uint number) {\n  return BufferU32(k_args.lookedRows%1$d).v[number];\n}"
              .formatted(i));
    }
  }

  private void addSums() {
    for (int i = 0; i < plan.sums().size(); i++) {
      for (int limb = 0; limb < plan.limbs(i); limb++) {
        kernel.arguments("limb" + i + "_" + limb);
      }
    }
  }

  private void addFloats() {
    Set<Integer> used = new HashSet<>();
    calls.forEach(call -> used.addAll(plan.floatsOf(call)));
    if (!used.isEmpty()) {
      FloatTiles.addFunctions(kernel, used.stream().anyMatch(i -> plan.floats().get(i).squared()));
    }
    for (int i = 0; i < plan.floats().size(); i++) {
      kernel.arguments(FloatTiles.arguments(i));
      if (used.contains(i)) {
        FloatTiles.addSum(kernel, columns, plan.floats().get(i), i);
      }
    }
  }

  private static boolean isFloatSum(WindowCall call) {
    return call.function() == WindowFunction.SUM && call.resultType().isFloating();
  }

  private void addFolds() {
    for (int i = 0; i < plan.folds().size(); i++) {
      kernel.arguments("tree" + i);
      int tree = i;
      if (calls.stream().noneMatch(call -> plan.foldOf(call) == tree)) {
        continue;
      }
      FoldCode.addRange(kernel, columns, plan.folds().get(i), i);
    }
  }

  /** Returns statements that declare {@code result} and {@code valid} of a call. */
  private String result(int index) {
    WindowCall call = calls.get(index);
    RegisterType register = RegisterType.of(call.resultType());
    String zero = register.glslName() + " result = " + register.zero() + ";\nbool valid = false;\n";
    return switch (call.function()) {
      case ROW_NUMBER -> rank("row - start");
      case RANK -> rank("firstPeer - start");
      case DENSE_RANK -> rank("group + 1u - BufferU32(k_args.peers).v[start + 1u]");
      case COUNT ->
          frame(index)
              + counted(call)
              + "int64_t result = int64_t(uint64_t(counted));\nbool valid = true;\n";
      case SEEN ->
          frame(index) + counted(call) + "bool result = counted != 0u;\nbool valid = true;\n";
      case SUM ->
          zero + frame(index) + counted(call) + "if (counted != 0u) {\n" + sum(index) + "}\n";
      case DISTANCES ->
          zero + frame(index) + counted(call) + "if (counted != 0u) {\n" + distances(call) + "}\n";
      case MIN, MAX ->
          zero
              + frame(index)
              + "uint found = k_folded_"
              + plan.foldOf(call)
              + "(lower, upper);\n"
              + picked(call);
      case BIT_AND, BIT_OR, BIT_XOR ->
          zero
              + frame(index)
              + counted(call)
              + "valid = counted != 0u;\nresult = %s(k_folded_%d(lower, upper));\n"
                  .formatted(register.glslName(), plan.foldOf(call));
      case NTH, LAST -> zero + frame(index) + counted(call) + inFrame(index) + picked(call);
      case BEFORE, AFTER -> zero + away(index) + picked(call);
    };
  }

  private static String rank(String before) {
    return "int result = int(" + before + " + 1u);\nbool valid = true;\n";
  }

  /** Returns statements that declare the first row of a frame, and the row behind its last. */
  private String frame(int index) {
    WindowFrame frame = calls.get(index).frame();
    int range = plan.rangeOf(calls.get(index));
    if (range != WindowPlan.NONE) {
      return RangeCode.frame(range);
    }
    return "uint lower = %s;\nuint upper = max(lower, %s);\n"
        .formatted(
            bound(frame.lower(), "uint(k_args.lower" + index + ")", "firstPeer", 0),
            bound(frame.upper(), "uint(k_args.upper" + index + ")", "lastPeer", 1));
  }

  /** Returns a row of the partition, or the row behind it, or that one's. */
  private static String bound(Bound bound, String distance, String peer, int more) {
    String row = more == 0 ? "row" : "(row + 1u)";
    return switch (bound.kind()) {
      case START -> more == 0 ? "start" : "start + 1u";
      case END -> more == 0 ? "end - 1u" : "end";
      case ROW -> row;
      case PEERS -> more == 0 ? peer : peer + " + 1u";
      case BEFORE -> "%1$s - min(%2$s, %1$s - start)".formatted(row, distance);
      case BEHIND -> "%1$s + min(%2$s, end - %1$s)".formatted(row, distance);
      case VALUE -> throw new IllegalStateException("bound is not prepared: bound=" + bound);
    };
  }

  private String look(WindowCall call) {
    int look = plan.lookOf(call);
    return look == WindowPlan.NONE ? "" : Integer.toString(look);
  }

  private String counted(WindowCall call) {
    return "uint counted = k_before%1$s(upper) - k_before%1$s(lower);\n".formatted(look(call));
  }

  private String sum(int index) {
    WindowCall call = calls.get(index);
    if (isFloatSum(call)) {
      return addUp(plan.floatsOf(call).get(0)) + "valid = true;\nresult = k_endSum();\n";
    }
    int sum = plan.sumOf(call);
    int limbs = plan.limbs(sum);
    String parts =
        IntStream.range(0, limbs)
            .mapToObj(limb -> "k_difference(k_args.limb" + sum + "_" + limb + ", lower, upper)")
            .collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder("valid = true;\nbool overflow = false;\n");
    text.append("i128 sum = k_sum%d(%s, overflow);\n".formatted(limbs, parts));
    DataType type = call.resultType();
    if (type.isDecimal()) {
      text.append("overflow = overflow || !i128_fits_precision(sum, " + type.precision() + "u);\n");
    } else if (type.equals(DataType.INT32)) {
      text.append("overflow = int64_t(sum.lo) != int64_t(int(sum.lo));\n");
    } else {
      text.append("overflow = overflow || !i128_fits_i64(sum);\n");
    }
    text.append("result = ").append(narrowed(type)).append(";\n");
    return text.append(onOverflow(call.mode(), plan.spec().calls().size() - firstCall - index))
        .toString();
  }

  private static String addUp(int floats) {
    return "k_addUp_" + floats + "(lower, upper);\n";
  }

  private String distances(WindowCall call) {
    List<Integer> floats = plan.floatsOf(call);
    return addUp(floats.get(0))
        + "k_keepSquares();\n"
        + addUp(floats.get(1))
        + "valid = true;\nresult = k_endDistances(uint64_t(counted));\n";
  }

  private static String narrowed(DataType type) {
    return switch (RegisterType.of(type)) {
      case INT -> "int(sum.lo)";
      case LONG -> "int64_t(sum.lo)";
      default -> "sum";
    };
  }

  private static String onOverflow(ErrorMode mode, int rank) {
    return switch (mode) {
      case ANSI ->
          "if (overflow) {\natomicMax(K_WORD(k_args.counters), %dul);\n}\n".formatted(rank);
      case NULL -> "valid = !overflow;\n";
      case WRAP -> "";
    };
  }

  /** Finds a row among those of the frame that are looked at. */
  private String inFrame(int index) {
    WindowCall call = calls.get(index);
    boolean last = call.function() == WindowFunction.LAST;
    String number = last ? "k_before%1$s(upper) - 1u" : "k_before%1$s(lower) + place - 1u";
    return ("uint place = %2$s;\nuint found = 0xFFFFFFFFu;\nif (counted >= place) {\n"
            + "found = k_rowOf%1$s("
            + number
            + ");\n}\n")
        .formatted(look(call), last ? "1u" : "uint(k_args.place" + index + ")");
  }

  /** Finds a row before or after this one among those of the partition that are looked at. */
  private String away(int index) {
    WindowCall call = calls.get(index);
    boolean before = call.function() == WindowFunction.BEFORE;
    String there =
        before
            ? "k_before%1$s(row) - k_before%1$s(start)"
            : "k_before%1$s(end) - k_before%1$s(row + 1u)";
    String number = before ? "k_before%1$s(row) - place" : "k_before%1$s(row + 1u) + place - 1u";
    return ("uint place = uint(k_args.place%2$d);\n"
            + "uint found = 0xFFFFFFFFu;\n"
            + "if (%3$s >= place) {\n"
            + "found = k_rowOf%1$s(%4$s);\n"
            + "}\n")
        .formatted(look(call), index, there.formatted(look(call)), number.formatted(look(call)));
  }

  private String picked(WindowCall call) {
    StringBuilder text = new StringBuilder("if (found != 0xFFFFFFFFu) {\n");
    text.append(taken(call.argument(), "found")).append("}");
    if (call.otherwise() != WindowCall.NONE) {
      text.append(" else {\n").append(taken(call.otherwise(), "row")).append("}");
    }
    return text.append("\n").toString();
  }

  private String taken(int column, String row) {
    return "valid = %s;\nif (valid) {\nresult = %s;\n}\n"
        .formatted(columns.valid(column, row), columns.value(column, row));
  }
}
