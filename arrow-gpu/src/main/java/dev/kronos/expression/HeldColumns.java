// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Writes GLSL that reads columns of several rows before the first of them is evaluated, so that
 * memory has many reads under way. An invocation's rows are {@code K_ROWS}, a macro, at a distance
 * of {@code WORKGROUP_SIZE}.
 */
public final class HeldColumns {
  private final List<ColumnLayout> inputs;
  private final SortedSet<Integer> columns;

  private HeldColumns(List<ColumnLayout> inputs, SortedSet<Integer> columns) {
    this.inputs = List.copyOf(inputs);
    this.columns = Collections.unmodifiableSortedSet(columns);
  }

  /** Holds nothing: every row is read where it is evaluated. */
  public static HeldColumns none(List<ColumnLayout> inputs) {
    return new HeldColumns(inputs, new TreeSet<>());
  }

  /** Holds the columns of fixed width that expressions are over. */
  public static HeldColumns of(List<ColumnLayout> inputs, Collection<Expression> expressions) {
    SortedSet<Integer> columns = new TreeSet<>();
    expressions.forEach(expression -> addColumns(expression, columns));
    columns.removeIf(column -> inputs.get(column).type().kind() == DataType.Kind.STRING);
    return new HeldColumns(inputs, columns);
  }

  private static void addColumns(Expression expression, Collection<Integer> columns) {
    if (expression instanceof ColumnReference column) {
      columns.add(column.index());
    }
    expression.children().forEach(child -> addColumns(child, columns));
  }

  /** Returns, for each input column, what its row is read from. */
  public List<InputRow> rows() {
    List<InputRow> rows = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      InputRow current = InputRow.CURRENT;
      rows.add(
          columns.contains(i) ? new InputRow(current.row(), current.absent(), name(i)) : current);
    }
    return rows;
  }

  /** Returns the layouts of all input columns. */
  public List<ColumnLayout> inputs() {
    return inputs;
  }

  /** Returns how many bytes a row of the columns takes in registers. */
  public int rowBytes() {
    return columns.stream().mapToInt(column -> register(column).sizeBytes()).sum();
  }

  private static String name(int column) {
    return "k_held" + column;
  }

  static String nullName(String name) {
    return name + "_null";
  }

  private Register register(int column) {
    return Register.of(inputs.get(column).type());
  }

  private String each(IntFunction<String> text) {
    return columns.stream().map(text::apply).collect(Collectors.joining());
  }

  /** Returns the text of a column's value and, where it may be null, of its mark. */
  private String both(int column, String value, String mark) {
    String name = name(column);
    String text = value.formatted(register(column).glsl(), name);
    return inputs.get(column).nullable() ? text + mark.formatted("bool", nullName(name)) : text;
  }

  /** Returns the parameters that a function of a row has behind {@code uint row}. */
  public String parameters() {
    return each(column -> both(column, ", %s %s", ", %s %s"));
  }

  /** Returns the functions that {@link #readOne} and {@link #readAll} call. */
  public String functions() {
    return each(column -> one(column) + all(column));
  }

  /** Reads no value of a null row: its dictionary id may point anywhere. */
  private String one(int column) {
    ColumnLayout layout = inputs.get(column);
    String name = name(column);
    String load = "%s = %s;\n".formatted(name, GlslLeaves.load("c", layout, InputRow.CURRENT));
    String read =
        !layout.nullable()
            ? load
            : "%1$s_null = %2$s;\n%1$s = %3$s;\nif (!%1$s_null) {\n%4$s}\n"
                .formatted(
                    name,
                    GlslLeaves.isNull("c", layout, InputRow.CURRENT),
                    register(column).zero(),
                    load);
    String parameters = both(column, ", out %s %s", ", out %s %s");
    return "void k_readOne%d(Column c, uint row%s) {\n%s}\n".formatted(column, parameters, read);
  }

  /** Without a dictionary there is a value at every row, so that reads need not wait for marks. */
  private String all(int column) {
    ColumnLayout layout = inputs.get(column);
    String row = "uint row = first + j * WORKGROUP_SIZE;\n";
    String loop = "[[unroll]] for (uint j = 0u; j < K_ROWS; j++) {\n" + row + "%s}\n";
    String load =
        "%s[j] = %s;\n".formatted(name(column), GlslLeaves.load("c", layout, InputRow.CURRENT));
    String mark =
        "%s_null[j] = %s;\n"
            .formatted(name(column), GlslLeaves.isNull("c", layout, InputRow.CURRENT));
    String marks =
        layout.nullable()
            ? "if (c.validity == 0ul) {\n"
                + loop.formatted(name(column) + "_null[j] = false;\n")
                + "} else {\n"
                + loop.formatted(mark)
                + "}\n"
            : "";
    return "void k_readAll%d(Column c, uint first%s) {\n"
            .formatted(column, both(column, ", out %s %s[K_ROWS]", ", out %s %s[K_ROWS]"))
        + "if (c.ids == 0ul) {\nc.ids = 0ul;\n"
        + loop.formatted(load)
        + marks
        + "} else {\n"
        + loop.formatted("k_readOne%d(c, row%s);\n".formatted(column, arguments(column, "[j]")))
        + "}\n}\n";
  }

  private String arguments(int column, String index) {
    return both(column, ", %2$s" + index, ", %2$s" + index);
  }

  /** Returns the arguments of a function of a row, read by {@link #readOne} before. */
  public String argumentsOfOne() {
    return each(column -> arguments(column, ""));
  }

  /** Returns the same of row {@code j}, read by {@link #readAll} before. */
  public String argumentsOfAll() {
    return each(column -> arguments(column, "[j]"));
  }

  /** Returns the statements that declare and read the columns of {@code row}. */
  public String readOne() {
    return each(
        column ->
            both(column, "%s %s;\n", "%s %s;\n")
                + "k_readOne%1$d(KRONOS_COLUMN(%1$d), row%2$s);\n"
                    .formatted(column, arguments(column, "")));
  }

  /** Returns the same for {@code K_ROWS} rows from {@code first} on. */
  public String readAll() {
    return each(
        column ->
            both(column, "%s %s[K_ROWS];\n", "%s %s[K_ROWS];\n")
                + "k_readAll%1$d(KRONOS_COLUMN(%1$d), first%2$s);\n"
                    .formatted(column, arguments(column, "")));
  }
}
