// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import dev.kronos.operator.window.WindowFrame.Bound;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/**
 * Generates the kernels that find a frame whose bounds are values, by binary search in the sorted
 * keys of the partition. All of them have the same arguments and the same functions.
 *
 * <p>Frames are those of Spark, which moves two pointers through a partition and never back: a
 * bound that overflowed and wrapped around, or fell back with the clocks of a time zone, leaves its
 * pointer where it was. So what the search finds is followed by a running maximum, and the lower
 * pointer never passes the upper one. Spark computes a bound only where its pointer may still move;
 * the last kernel reports failures of those rows alone.
 */
final class RangeCode {
  /**
   * One end of a frame, with the GLSL that tells its value, its partition's border, and its peer's.
   */
  private enum Side {
    LOWER("k_lower", "start", "firstPeer"),
    UPPER("k_upper", "end", "lastPeer + 1u");

    private final String function;
    private final String border;
    private final String peer;

    Side(String function, String border, String peer) {
      this.function = function;
      this.border = border;
      this.peer = peer;
    }
  }

  private final WindowFrame frame;
  private final KernelText kernel;
  private final RowCode rows;

  private RangeCode(String name, WindowFrame frame, List<ColumnLayout> layouts) {
    this.frame = frame;
    this.rows = new RowCode(layouts);
    this.kernel = new KernelText(name);
    kernel.arguments("literals", "partitions", "partitionRows", "peers", "peerRows");
    kernel.arguments("lowers", "uppers").columns(layouts.size());
    DataType type = frame.range().key().type();
    kernel.define("K_VALUE", RegisterType.of(type).glslName());
    kernel.define("K_NULLS_FIRST", frame.range().nulls() == NullPlacement.AT_START);
    addValue("k_key", frame.range().key());
    addBound(Side.LOWER.function, frame.lower());
    addBound(Side.UPPER.function, frame.upper());
    boolean ascending = frame.range().order() == SortOrder.ASCENDING;
    String less = WindowCode.less(kernel, type, ascending ? "a" : "b", ascending ? "b" : "a");
    kernel.append("bool k_less(K_VALUE a, K_VALUE b) {\n  return " + less + ";\n}");
    kernel.resource("window/range.glsl");
  }

  private void addBound(String name, Bound bound) {
    if (bound.value() != null) {
      addValue(name, bound.value());
    }
  }

  private void addValue(String name, Expression value) {
    String signature = "bool " + name + "(uint row, out K_VALUE value)";
    rows.addFunction(kernel, signature, List.of(value), values -> given(values.get(0)));
  }

  private static String given(GlslValue value) {
    String given = value.neverNull() ? "true" : "!" + value.isNull();
    return "value = " + value.value() + ";\nreturn " + given + ";\n";
  }

  private ShaderSource source(String row) {
    return kernel.append(WindowCode.loop(EmitCode.PLACES + row)).source();
  }

  /** Returns the constants of a frame's kernels, which have the same functions. */
  static LiteralTable literals(WindowFrame frame, List<ColumnLayout> layouts) {
    return new RangeCode("window/range", frame, layouts).rows.literals();
  }

  /** Returns the kernel that finds how far the upper pointer would go for each row. */
  static ShaderSource uppers(WindowFrame frame, List<ColumnLayout> layouts) {
    RangeCode code = new RangeCode("window/uppers", frame, layouts);
    String found = code.found(Side.UPPER);
    return code.source(found + "BufferU64(k_args.uppers).v[row] = uint64_t(found);\n");
  }

  /** Returns the kernel that finds how far the lower pointer would go, given all upper ones. */
  static ShaderSource lowers(WindowFrame frame, List<ColumnLayout> layouts) {
    RangeCode code = new RangeCode("window/lowers", frame, layouts);
    String found = code.found(Side.LOWER);
    return code.source(
        found
            + "uint64_t upper = BufferU64(k_args.uppers).v[row];\n"
            + "BufferU64(k_args.lowers).v[row] = min(uint64_t(found), upper);\n");
  }

  /** Declares what a bound is without a look at other rows' bounds; a failure moves nothing. */
  private String found(Side side) {
    Bound bound = side == Side.LOWER ? frame.lower() : frame.upper();
    return switch (bound.kind()) {
      case START, END -> "uint found = " + side.border + ";\n";
      case PEERS -> "uint found = " + side.peer + ";\n";
      case VALUE ->
          """
          uint found = start;
          K_VALUE value;
          bool given = %s(row, value);
          if (k_error == 0u) {
            found = k_search(start, end, given, value, %s);
          }
          k_error = 0u;
          """
              .formatted(side.function, side == Side.UPPER);
      default -> throw new IllegalStateException("no bound of a range: bound=" + bound);
    };
  }

  /** Returns the kernel that reports rows whose bounds Spark computes, and fails. */
  static ShaderSource check(WindowFrame frame, List<ColumnLayout> layouts) {
    String computed =
        """
        bool first = row == start;
        uint lowerBefore = first ? start : uint(BufferU64(k_args.lowers).v[row - 1u]);
        uint upperBefore = first ? start : uint(BufferU64(k_args.uppers).v[row - 1u]);
        uint upper = uint(BufferU64(k_args.uppers).v[row]);
        K_VALUE value;
        """;
    String lower =
        "if (lowerBefore < upperBefore || upperBefore < upper) {\nk_lower(row, value);\n}\n";
    String upper = "if (upperBefore < end) {\nk_upper(row, value);\n}\n";
    return new RangeCode("window/bounds", frame, layouts)
        .source(
            computed
                + (frame.lower().value() == null ? "" : lower)
                + (frame.upper().value() == null ? "" : upper)
                + "status_commit(row);\n");
  }

  /** Returns statements that declare the first row of a frame found, and the row behind it. */
  static String frame(int range) {
    return ("uint lower = uint(BufferU64(k_args.rangeLower%1$d).v[row]);\n"
            + "uint upper = uint(BufferU64(k_args.rangeUpper%1$d).v[row]);\n")
        .formatted(range);
  }
}
