// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.KeyCode;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.window.WindowPlan.Look;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Generates the kernels that prepare all rows of a batch. */
final class WindowCode {
  private WindowCode() {}

  /** Returns the kernel that marks each row whose keys are not those of the row before it. */
  static ShaderSource marks(List<ColumnLayout> layouts, List<Integer> keys) {
    KernelText kernel = new KernelText("window/marks").arguments("marks").columns(layouts.size());
    String same = "true";
    if (!keys.isEmpty()) {
      List<Expression> all = ColumnReference.toAll(layouts);
      List<Expression> values = keys.stream().map(all::get).toList();
      KeyCode code =
          new KeyCode(
              values.stream().map(Expression::type).toList(),
              values.stream().map(Expression::nullable).toList());
      code.addCode(kernel);
      new RowCode(layouts)
          .addFunction(
              kernel, "Keys k_keysAt(uint row)", values, v -> code.make(v) + "return key;\n");
      same = "k_keysEqual(k_keysAt(row), k_keysAt(row - 1u))";
    }
    return kernel
        .append(
            loop(
                "bool same = row != 0u;\nif (same) {\nsame = "
                    + same
                    + ";\n}\nBufferU32(k_args.marks).v[row] = same ? 0u : 1u;\n"))
        .source();
  }

  /**
   * Returns the kernel that lists the rows that are marked, given running sums of marks; behind the
   * last one it puts the number of rows.
   */
  static ShaderSource places() {
    return new KernelText("window/places")
        .arguments("marks", "places")
        .append(
            loop(
                """
                uint before = BufferU32(k_args.marks).v[row];
                uint after = BufferU32(k_args.marks).v[row + 1u];
                if (after != before) {
                  BufferU32(k_args.places).v[before] = row;
                }
                if (row + 1u == root.count) {
                  BufferU32(k_args.places).v[after] = root.count;
                }
                """))
        .source();
  }

  /** Returns the kernel that marks rows that are looked at and takes values apart to be summed. */
  static ShaderSource addends(WindowPlan plan) {
    KernelText kernel = new KernelText("window/addends").columns(plan.layouts().size());
    Columns columns = new Columns(kernel, plan.layouts());
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < plan.looks().size(); i++) {
      Look look = plan.looks().get(i);
      kernel.arguments("looked" + i);
      String condition = columns.valid(look.column());
      String all = look.isTrue() ? condition + " && " + columns.value(look.column()) : condition;
      row.append("BufferU32(k_args.looked%d).v[row] = (%s) ? 1u : 0u;\n".formatted(i, all));
    }
    for (int i = 0; i < plan.sums().size(); i++) {
      row.append(addend(kernel, columns, plan, i));
    }
    return kernel.append(loop(row.toString())).source();
  }

  private static String addend(KernelText kernel, Columns columns, WindowPlan plan, int sum) {
    int column = plan.sums().get(sum);
    RegisterType register = RegisterType.of(plan.type(column));
    StringBuilder text = new StringBuilder("{\n");
    text.append(register.glslName() + " value = " + register.zero() + ";\n");
    text.append(
        "if (%s) {\nvalue = %s;\n}\n".formatted(columns.valid(column), columns.value(column)));
    text.append(register == RegisterType.WIDE ? "i128 wide = value;\n" : "");
    text.append(register == RegisterType.LONG ? "i128 wide = i128_from_i64(value);\n" : "");
    List<String> limbs =
        switch (register) {
          case INT -> List.of("uint64_t(int64_t(value))");
          case LONG -> List.of("wide.lo & 0xFFFFFFFFul", "uint64_t(int64_t(wide.lo) >> 32)");
          default ->
              List.of(
                  "wide.lo & 0xFFFFFFFFul",
                  "wide.lo >> 32",
                  "uint64_t(wide.hi) & 0xFFFFFFFFul",
                  "uint64_t(wide.hi >> 32)");
        };
    for (int limb = 0; limb < limbs.size(); limb++) {
      String name = "limb" + sum + "_" + limb;
      kernel.arguments(name);
      text.append("BufferU64(k_args." + name + ").v[row] = " + limbs.get(limb) + ";\n");
    }
    return text.append("}\n").toString();
  }

  /** Returns the condition that a value is less than another one. */
  static String less(KernelText kernel, DataType type, String a, String b) {
    String both = "(" + a + ", " + b + ")";
    return switch (RegisterType.of(type)) {
      case BOOL -> "!" + a + " && " + b;
      case INT, LONG -> a + " < " + b;
      case WIDE -> "i128_lt" + both;
      case FLOAT -> include(kernel, "float.glsl", "f32_lt" + both);
      case DOUBLE -> include(kernel, "float.glsl", "f64_lt" + both);
      case STRING -> include(kernel, "string.glsl", "str_compare" + both + " < 0");
    };
  }

  private static String include(KernelText kernel, String file, String code) {
    kernel.include(List.of(file));
    return code;
  }

  /** Returns the main function that runs statements for each row. */
  static String loop(String row) {
    return """
    void main() {
      for (uint row = kronos_thread(); row < root.count; row += kronos_threads()) {
    %s  }
    }\
    """
        .formatted(row);
  }

  /** Adds functions that read columns, each once. Not thread-safe. */
  static final class Columns {
    private final KernelText kernel;
    private final List<ColumnLayout> layouts;
    private final RowCode code;
    private final Set<Integer> added = new HashSet<>();

    Columns(KernelText kernel, List<ColumnLayout> layouts) {
      this.kernel = kernel;
      this.layouts = layouts;
      this.code = new RowCode(layouts);
    }

    DataType type(int column) {
      return layouts.get(column).type();
    }

    /** Returns the condition that the value in a row is not null. */
    String valid(int column, String row) {
      add(column);
      return "k_valid" + column + "(" + row + ")";
    }

    String valid(int column) {
      return valid(column, "row");
    }

    /** Returns the expression of the value in a row. */
    String value(int column, String row) {
      add(column);
      return "k_value" + column + "(" + row + ")";
    }

    String value(int column) {
      return value(column, "row");
    }

    private void add(int column) {
      if (!added.add(column)) {
        return;
      }
      List<Expression> value = List.of(ColumnReference.toAll(layouts).get(column));
      String type = RegisterType.of(type(column)).glslName();
      code.addFunction(
          kernel,
          "bool k_valid" + column + "(uint row)",
          value,
          v -> v.get(0).neverNull() ? "return true;\n" : "return !" + v.get(0).isNull() + ";\n");
      code.addFunction(
          kernel,
          type + " k_value" + column + "(uint row)",
          value,
          v -> "return " + v.get(0).value() + ";\n");
    }
  }
}
