// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.column.ColumnLayout;
import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslEmitter;
import dev.kronos.expression.GlslValue;
import dev.kronos.expression.HeldColumns;
import dev.kronos.expression.InputRow;
import dev.kronos.expression.LiteralTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Generates functions of a row: filters as nested ifs, values inside them, then a sink that sees
 * only rows that passed and did not fail. All functions of one kernel share one literal table.
 */
public final class RowCode {
  private final List<ColumnLayout> inputs;
  private final List<InputRow> rows;
  private final String parameters;
  private final LiteralTable literals;

  /** Creates a generator over source columns with an empty literal table. */
  public RowCode(List<ColumnLayout> inputs) {
    this(inputs, Collections.nCopies(inputs.size(), InputRow.CURRENT));
  }

  /** Creates a generator over columns of several tables: for each, which row of it is read. */
  public RowCode(List<ColumnLayout> inputs, List<InputRow> rows) {
    this(inputs, rows, "");
  }

  /** Creates a generator over columns of which some were read before a row is evaluated. */
  public RowCode(HeldColumns held) {
    this(held.inputs(), held.rows(), held.parameters());
  }

  private RowCode(List<ColumnLayout> inputs, List<InputRow> rows, String parameters) {
    this.inputs = List.copyOf(inputs);
    this.rows = List.copyOf(rows);
    this.parameters = parameters;
    this.literals = new LiteralTable();
  }

  /** Returns the literals of all functions generated so far. */
  public LiteralTable literals() {
    return literals;
  }

  /**
   * Adds {@code void k_row(uint row)}, with parameters for what was read before, and a counter
   * {@code uint k_rows0, k_rows1 ...} for each filter.
   *
   * @param kernel where the code goes
   * @param conditions conditions of the filters over the source columns
   * @param values what the sink needs, over the source columns
   * @param sink makes the statements of the sink from the emitted values
   */
  public void addRowFunction(
      KernelText kernel,
      List<Expression> conditions,
      List<Expression> values,
      Function<List<GlslValue>, String> sink) {
    GlslEmitter emitter = new GlslEmitter(inputs, rows, literals);
    for (int i = 0; i < conditions.size(); i++) {
      kernel.append("uint k_rows" + i + " = 0u;");
      emitter.open(passes(emitter.emit(conditions.get(i))));
      emitter.append("k_rows" + i + "++;");
    }
    List<GlslValue> emitted = new ArrayList<>(values.size());
    values.forEach(value -> emitted.add(emitter.emit(value)));
    emitter.append("if (k_error == 0u) {\n" + sink.apply(emitted) + "}");
    conditions.forEach(condition -> emitter.close());
    kernel.include(emitter.includes());
    kernel.append("void k_row(uint row" + parameters + ") {\n" + emitter.body() + "}");
  }

  private static String passes(GlslValue condition) {
    return condition.neverNull()
        ? condition.value()
        : "!" + condition.isNull() + " && " + condition.value();
  }

  /**
   * Adds a function of a row that returns something made of values.
   *
   * @param kernel where the code goes
   * @param signature for example {@code Keys k_keysAt(uint row)}; parameters are named as {@link
   *     InputRow} says
   * @param values what the function needs, over the source columns
   * @param result makes the last statements, with the return, from the emitted values
   */
  public void addFunction(
      KernelText kernel,
      String signature,
      List<Expression> values,
      Function<List<GlslValue>, String> result) {
    GlslEmitter emitter = new GlslEmitter(inputs, rows, literals);
    List<GlslValue> emitted = new ArrayList<>(values.size());
    values.forEach(value -> emitted.add(emitter.emit(value)));
    kernel.include(emitter.includes());
    emitter.append(result.apply(emitted));
    kernel.append(signature + " {\n" + emitter.body() + "}");
  }
}
