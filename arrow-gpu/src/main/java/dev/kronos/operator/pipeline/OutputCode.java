// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.GlslValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Generates the code that writes columns in Arrow's layout, in tiles of a workgroup: one invocation
 * a row, or as many rows as is said. Of a string it writes the address and the size; {@link
 * OutputColumns} does the rest.
 *
 * <p>Arguments of column c: {@code validityc}, {@code valuesc}, {@code offsetsc}.
 */
public final class OutputCode {
  /**
   * Zero, for rows are fewer than 2^31, but not to the optimiser: it would fold a constant into one
   * of 8 or 16 bits, which is not valid where those types are for storage only.
   */
  private static final String ZERO_AT_RUN_TIME = "int(k_position >> 31)";

  private final List<ColumnLayout> layouts;
  private final int firstCounter;
  private final int rowsEach;
  private final List<Integer> validityBits = new ArrayList<>();
  private final List<Integer> valueBits = new ArrayList<>();
  private final int bitColumns;

  /**
   * Creates a generator of one row an invocation.
   *
   * @param layouts Arrow layouts of the columns
   * @param firstCounter index in the status area of the first of one counter of characters for each
   *     string column
   */
  public OutputCode(List<ColumnLayout> layouts, int firstCounter) {
    this(layouts, firstCounter, 1);
  }

  /**
   * Creates a generator of several rows an invocation.
   *
   * @param rowsEach rows of a tile that an invocation writes, 1 to 32
   */
  public OutputCode(List<ColumnLayout> layouts, int firstCounter, int rowsEach) {
    this.layouts = List.copyOf(layouts);
    this.firstCounter = firstCounter;
    this.rowsEach = rowsEach;
    int next = 0;
    for (ColumnLayout layout : layouts) {
      validityBits.add(layout.nullable() ? next++ : -1);
      valueBits.add(layout.type().equals(DataType.BOOLEAN) ? next++ : -1);
    }
    this.bitColumns = next;
  }

  /** Returns the names of the arguments, in the order in which {@link OutputColumns} puts them. */
  public String[] arguments() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layouts.size(); i++) {
      names.addAll(List.of("validity" + i, "values" + i, "offsets" + i));
    }
    return names.toArray(String[]::new);
  }

  /** Adds the shared functions; before the code that stores. */
  public void addFunctions(KernelText kernel) {
    kernel.define("K_BIT_COLUMNS", bitColumns).define("K_ROWS_EACH", rowsEach + "u");
    kernel.append("uint k_position = 0u;").resource("pipeline/output.glsl");
    for (int i = 0; i < layouts.size(); i++) {
      if (isString(i)) {
        kernel.append("uint k_size" + i + " = 0u;");
      }
    }
  }

  private boolean isString(int column) {
    return layouts.get(column).type().equals(DataType.STRING);
  }

  /** Returns how many of the columns before {@code column} are strings. */
  private int stringIndex(int column) {
    return (int) IntStream.range(0, column).filter(this::isString).count();
  }

  /**
   * Returns the statements that store a value in a column at row {@code k_position}.
   *
   * @param column index of the column
   * @param value expression of the value, in the type's register type
   * @param valid condition that it is not null
   */
  public String store(int column, String value, String valid) {
    StringBuilder text = new StringBuilder();
    if (validityBits.get(column) >= 0) {
      text.append("k_setBit(%du, %s);\n".formatted(validityBits.get(column), valid));
    }
    if (valueBits.get(column) >= 0) {
      return text.append(
              "k_setBit(%du, %s && %s);\n".formatted(valueBits.get(column), valid, value))
          .toString();
    }
    if (valid.equals("true")) {
      return text.append(storeValue(column, value)).toString();
    }
    // A null is stored as zero, so that equal batches are equal bytes.
    RegisterType register = RegisterType.of(layouts.get(column).type());
    return text.append("{\n%s stored = %s;\n".formatted(register.glslName(), register.zero()))
        .append("if (%s) {\nstored = %s;\n}\n".formatted(valid, value))
        .append(storeValue(column, "stored"))
        .append("}\n")
        .toString();
  }

  /** Returns the statements that store a row, given a value for each column. */
  public String storeAll(List<GlslValue> row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      GlslValue value = row.get(i);
      text.append(store(i, value.value(), value.neverNull() ? "true" : "!" + value.isNull()));
    }
    return text.toString();
  }

  private String storeValue(int column, String value) {
    String target = "k_args.values" + column + ", k_position, ";
    return switch (layouts.get(column).type().kind()) {
      case DECIMAL -> "store_i128(" + target + wide(column, value) + ");\n";
      case STRING -> storeString(column, target, value);
      case INT8, INT16 ->
          storeFunction(column) + "(" + target + value + " + " + ZERO_AT_RUN_TIME + ");\n";
      default -> storeFunction(column) + "(" + target + value + ");\n";
    };
  }

  private String storeFunction(int column) {
    return switch (layouts.get(column).storage()) {
      case INT8 -> "store_i8";
      case INT16 -> "store_i16";
      case INT32 -> "store_i32";
      case INT64 -> "store_i64";
      case FLOAT32 -> "store_f32";
      case FLOAT64 -> "store_f64";
      default -> throw new IllegalStateException("no store: layout=" + layouts.get(column));
    };
  }

  private String wide(int column, String value) {
    return switch (RegisterType.of(layouts.get(column).type())) {
      case INT -> "i128_from_i32(" + value + ")";
      case LONG -> "i128_from_i64(" + value + ")";
      default -> value;
    };
  }

  private String storeString(int column, String target, String value) {
    String counter =
        "k_args.counters + "
            + (firstCounter + stringIndex(column)) * StatusArea.COUNTER_BYTES
            + "ul";
    return "store_u64(%s%s.address);\n".formatted(target, value)
        + "store_u32(k_args.offsets%d, k_position, %s.size);\n".formatted(column, value)
        + "k_size%d += k_countedSize(%s, %s.size);\n".formatted(column, counter, value);
  }

  /**
   * Adds {@code main}: for each tile, {@code row} runs for each row below {@code root.count}, with
   * the output position in {@code k_position}. For one row an invocation.
   */
  public void addMain(KernelText kernel, String row) {
    addTiles(kernel, "if (k_position < root.count) {\n" + row + "}\n");
  }

  /**
   * Adds {@code main}: {@code rows} runs for each tile, whose number is in {@code tile}, and stores
   * its rows below {@code root.count}, each with its output position in {@code k_position}.
   */
  public void addTiles(KernelText kernel, String rows) {
    String barrier = bitColumns == 0 ? "" : "barrier();\n";
    kernel.append("void main() {");
    kernel.append(bitColumns == 0 ? "" : "k_clearBits();");
    kernel.append(
        """
        for (uint tile = gl_WorkGroupID.x; tile * K_TILE_ROWS < root.count;
            tile += gl_NumWorkGroups.x) {
          k_position = tile * K_TILE_ROWS + gl_LocalInvocationID.x;\
        """);
    for (int i = 0; i < layouts.size(); i++) {
      if (isString(i)) {
        kernel.append("k_size" + i + " = 0u;");
      }
    }
    kernel.append(rows + barrier);
    for (int i = 0; i < layouts.size(); i++) {
      kernel.append(storeBits(i));
    }
    kernel.append(barrier + "}\n}");
  }

  private String storeBits(int column) {
    StringBuilder text = new StringBuilder();
    if (validityBits.get(column) >= 0) {
      text.append(
          "k_storeBits(%du, k_args.validity%d, tile);\n"
              .formatted(validityBits.get(column), column));
    }
    if (valueBits.get(column) >= 0) {
      text.append(
          "k_storeBits(%du, k_args.values%d, tile);\n".formatted(valueBits.get(column), column));
    }
    if (isString(column)) {
      int counter = firstCounter + stringIndex(column);
      text.append(
          "k_count(k_args.counters + %dul, k_size%d);\n"
              .formatted(counter * StatusArea.COUNTER_BYTES, column));
    }
    return text.toString();
  }
}
