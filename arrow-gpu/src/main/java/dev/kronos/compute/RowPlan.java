// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Step;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Collects what is done to rows before anything runs: filters and projections, which become one
 * kernel, and the Arrow fields of what leaves them.
 *
 * @param spec the steps so far, over the columns of a source
 * @param columns what leaves them
 */
record RowPlan(PipelineSpec spec, List<PlanColumn> columns) {

  /** Copies the list. */
  RowPlan {
    columns = List.copyOf(columns);
  }

  /**
   * Makes a plan without steps.
   *
   * @param layouts how the columns lie in memory
   * @param fields their names and Arrow types
   * @param types the types of their values, carried by those of the layouts
   */
  static RowPlan of(List<ColumnLayout> layouts, List<Field> fields, List<DataType> types) {
    List<PlanColumn> columns = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      ColumnReference reference = ColumnReference.to(i, layouts.get(i));
      columns.add(new PlanColumn(fields.get(i), types.get(i), reference));
    }
    return new RowPlan(new PipelineSpec(layouts, List.of()), columns);
  }

  /**
   * Makes a plan without steps over vectors in Arrow's layout.
   *
   * @throws KronosException.Unsupported when a field has no column type or is dictionary-encoded
   */
  static RowPlan of(List<Field> fields) {
    fields.forEach(PlanColumn::requirePlain);
    List<DataType> types =
        fields.stream().map(field -> ArrowColumns.dataType(field.getType())).toList();
    List<ColumnLayout> layouts =
        types.stream()
            .map(type -> ArrowColumns.layout(type.carrier(), Nullability.NULLABLE))
            .toList();
    return of(layouts, fields, types);
  }

  /** Returns a plan without steps over what comes of this one, laid out in memory as given. */
  RowPlan over(List<ColumnLayout> layouts) {
    return of(layouts, fields(), types());
  }

  List<Field> fields() {
    return columns.stream().map(PlanColumn::field).toList();
  }

  List<DataType> types() {
    return columns.stream().map(PlanColumn::type).toList();
  }

  /** Returns the column with an index from 0; throws InvalidArgument when there is none. */
  PlanColumn column(int index) {
    if (index < 0 || index >= columns.size()) {
      throw new KronosException.InvalidArgument(
          message("no such column", "index", index, "columns", columns.size()));
    }
    return columns.get(index);
  }

  /** Returns the column of a name; throws InvalidArgument when none, or more than one, has it. */
  PlanColumn column(String name) {
    List<PlanColumn> found =
        columns.stream().filter(column -> column.field().getName().equals(name)).toList();
    if (found.size() != 1) {
      throw new KronosException.InvalidArgument(
          message("name does not tell a column", "name", name, "columns", found.size()));
    }
    return found.get(0);
  }

  /** Adds a filter; throws InvalidArgument when it is not boolean or over other columns. */
  RowPlan where(Expression condition) {
    requireOwn(condition);
    if (!condition.type().equals(DataType.BOOLEAN)) {
      throw new KronosException.InvalidArgument(
          message("condition is not boolean", "function", "where", "type", condition.type()));
    }
    return new RowPlan(then(new Filter(condition)), columns);
  }

  /** Adds a projection; throws InvalidArgument when an expression is over other columns. */
  RowPlan select(List<String> names, List<? extends Expression> expressions) {
    if (names.size() != expressions.size()) {
      throw new KronosException.InvalidArgument(
          message("not a name an expression", "names", names, "expressions", expressions.size()));
    }
    expressions.forEach(this::requireOwn);
    List<Field> fields = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      fields.add(field(names.get(i), expressions.get(i)));
    }
    return project(fields, expressions);
  }

  /** Adds a projection to columns of this, whatever their types. */
  RowPlan select(List<PlanColumn> chosen) {
    return project(
        chosen.stream().map(PlanColumn::field).toList(),
        chosen.stream().map(PlanColumn::value).toList());
  }

  private RowPlan project(List<Field> fields, List<? extends Expression> expressions) {
    List<PlanColumn> projected = new ArrayList<>(fields.size());
    List<Expression> bits = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Expression expression = expressions.get(i);
      bits.add(CarriedRules.bits(expression));
      ColumnReference reference =
          new ColumnReference(i, bits.get(i).type(), bits.get(i).nullable());
      projected.add(new PlanColumn(fields.get(i), expression.type(), reference));
    }
    return new RowPlan(then(new Project(bits)), projected);
  }

  /** Names a result; a column that is only moved keeps its Arrow type. */
  Field field(String name, Expression expression) {
    for (PlanColumn column : columns) {
      if (column.is(expression)) {
        return new Field(name, FieldType.nullable(column.field().getType()), null);
      }
    }
    return field(name, expression.type());
  }

  /** Names a result; a type with variants, as timestamps, is that of the first such column. */
  Field field(String name, DataType type) {
    ArrowType arrowType =
        columns.stream()
            .map(column -> column.field().getType())
            .filter(own -> ArrowColumns.findDataType(own).filter(type::equals).isPresent())
            .findFirst()
            .orElseGet(() -> ArrowColumns.arrowType(type));
    return new Field(name, FieldType.nullable(arrowType), null);
  }

  /** Returns the steps with more columns behind those of this. */
  PipelineSpec with(List<Expression> more) {
    List<Expression> all = new ArrayList<>(columns.stream().map(PlanColumn::reference).toList());
    all.addAll(more);
    return then(new Project(all));
  }

  private PipelineSpec then(Step step) {
    List<Step> steps = new ArrayList<>(spec.steps());
    steps.add(step);
    return new PipelineSpec(spec.inputs(), steps);
  }

  /** Checks that an expression is over the columns; throws InvalidArgument when it is not. */
  void requireOwn(Expression expression) {
    List<DataType> types = spec.outputTypes();
    try {
      PipelineSpec.checkReferences(expression, types);
    } catch (IllegalArgumentException e) {
      throw new KronosException.InvalidArgument(
          message("expression is over other columns", "expression", expression, "types", types), e);
    }
  }
}
