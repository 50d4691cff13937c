// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.compute.GroupAggregate.Function;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.aggregate.AggregateOverflow;
import dev.kronos.operator.pipeline.RowFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Computes the aggregates of one grouping by as few passes as there are kinds of them: one for what
 * needs the rows once, two for variances, two for each count of distinct values. All passes give
 * the groups in one order, so their results fit each other.
 */
final class GroupRun implements AutoCloseable {
  private static final Set<Function> SPREADS = EnumSet.of(Function.VARIANCE, Function.STDDEV);

  private final Kronos kronos;
  private final Stream stream;
  private final GroupInput input;
  private final List<FieldVector> values;
  private final GroupPass pass;
  private final List<FieldVector> keyVectors = new ArrayList<>();
  private FieldVector[] results = new FieldVector[0];

  GroupRun(Kronos kronos, Stream stream, GroupInput input, List<FieldVector> values) {
    this.kronos = kronos;
    this.stream = stream;
    this.input = input;
    this.values = values;
    this.pass = new GroupPass(kronos, stream);
  }

  /** Returns keys and results; the caller closes them. */
  List<FieldVector> compute(List<FieldVector> keys, List<GroupAggregate> aggregates) {
    results = new FieldVector[aggregates.size()];
    List<Integer> once = new ArrayList<>();
    List<Integer> spreads = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      Function function = aggregates.get(i).function();
      if (SPREADS.contains(function)) {
        spreads.add(i);
      } else if (function != Function.COUNT_DISTINCT) {
        once.add(i);
      }
    }
    onePass(keys, aggregates, once);
    if (!spreads.isEmpty()) {
      spreads(aggregates, spreads);
    }
    for (int i = 0; i < results.length; i++) {
      if (aggregates.get(i).function() == Function.COUNT_DISTINCT) {
        results[i] = distinct(aggregates.get(i));
      }
    }
    List<FieldVector> all = new ArrayList<>(keyVectors);
    all.addAll(Arrays.asList(results));
    keyVectors.clear();
    results = new FieldVector[0];
    return all;
  }

  private Expression values(GroupAggregate aggregate) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) == aggregate.values()) {
        return input.value(i);
      }
    }
    return null;
  }

  private void onePass(
      List<FieldVector> keys, List<GroupAggregate> aggregates, List<Integer> chosen) {
    List<GroupFinish> calls = new ArrayList<>();
    for (int i : chosen) {
      calls.add(GroupFinish.of(aggregates.get(i), values(aggregates.get(i))));
    }
    try (ColumnBatch groups =
        pass.aggregate(GroupPass.Rows.of(input), GroupPass.Keys.WITH, calls)) {
      List<Field> fields = new ArrayList<>(SelectionPlan.fields(keys));
      addFields(fields, calls, aggregates, chosen);
      List<FieldVector> vectors = Projection.download(kronos, groups, fields);
      keyVectors.addAll(vectors.subList(0, keys.size()));
      place(vectors.subList(keys.size(), vectors.size()), chosen);
    } catch (AggregateOverflow e) {
      throw overflow(e, aggregates, chosen, calls);
    } catch (RowFailure e) {
      throw new KronosException.InvalidArgument(
          message("sum of a group does not fit its type", "group", e.row()), e);
    }
  }

  /** Names the vector whose calls contain the one that overflowed. */
  private static KronosException overflow(
      AggregateOverflow cause,
      List<GroupAggregate> aggregates,
      List<Integer> chosen,
      List<GroupFinish> calls) {
    int index = 0;
    int before = calls.get(0).calls().size();
    while (before <= cause.callIndex()) {
      before += calls.get(++index).calls().size();
    }
    String name = aggregates.get(chosen.get(index)).values().getName();
    return new KronosException.InvalidArgument(
        message("sum of a group does not fit its type", "vector", name), cause);
  }

  private static void addFields(
      List<Field> fields, List<GroupFinish> calls, List<GroupAggregate> all, List<Integer> chosen) {
    for (int i = 0; i < chosen.size(); i++) {
      fields.add(field(all.get(chosen.get(i)), calls.get(i).type()));
    }
  }

  /** A result of the type of its values is of their Arrow type, timestamps in their zone. */
  private static Field field(GroupAggregate aggregate, DataType type) {
    ArrowType arrowType = ArrowColumns.arrowType(type);
    if (aggregate.values() != null) {
      ArrowType given = aggregate.values().getField().getType();
      arrowType = ArrowColumns.dataType(given).equals(type) ? given : arrowType;
    }
    return new Field(aggregate.resultName(), FieldType.nullable(arrowType), null);
  }

  private void place(List<FieldVector> vectors, List<Integer> chosen) {
    for (int i = 0; i < chosen.size(); i++) {
      results[chosen.get(i)] = vectors.get(i);
    }
  }

  /** Finds the mean of each group, brings it to each row, and adds up squares of distances. */
  private void spreads(List<GroupAggregate> aggregates, List<Integer> chosen) {
    List<GroupFinish> means = new ArrayList<>();
    for (int i : chosen) {
      means.add(GroupFinish.mean(values(aggregates.get(i))));
    }
    GroupPass.Rows rows = GroupPass.Rows.of(input);
    Expression all = new Literal(DataType.BOOLEAN, true);
    try (ColumnBatch ofGroups = pass.aggregate(rows, GroupPass.Keys.WITHOUT, means);
        GroupNumbers groups = new GroupNumbers(kronos, stream, input, all);
        ColumnBatch ofRows = bring(ofGroups, groups.numbers())) {
      List<Column> more = new ArrayList<>(List.of(groups.numbers()));
      more.addAll(ofRows.columns());
      squares(GroupInput.append(input.batch(), more), aggregates, chosen);
    }
  }

  private ColumnBatch bring(ColumnBatch ofGroups, Column numbers) {
    List<Column> taken = new ArrayList<>();
    try (RowTaker taker = new RowTaker(kronos, stream)) {
      for (Column column : ofGroups.columns()) {
        taken.add(
            input.rows() == 0
                ? column
                : taker.take(column, numbers.values().buffer(), input.rows()));
      }
      return new ColumnBatch(taken, input.rows());
    } catch (RuntimeException e) {
      taken.forEach(Column::close);
      throw e;
    }
  }

  private void squares(ColumnBatch batch, List<GroupAggregate> aggregates, List<Integer> chosen) {
    List<ColumnLayout> layouts = GroupInput.layouts(batch);
    int first = layouts.size() - chosen.size();
    List<GroupFinish> finishes = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      GroupAggregate aggregate = aggregates.get(chosen.get(i));
      Expression mean = GroupInput.reference(layouts, first + i);
      finishes.add(GroupFinish.spread(aggregate, values(aggregate), mean));
    }
    List<Expression> keys = List.of(GroupInput.reference(layouts, first - 1));
    GroupPass.Rows rows = new GroupPass.Rows(batch, keys, input.rowNumber());
    try (ColumnBatch groups = pass.aggregate(rows, GroupPass.Keys.WITHOUT, finishes)) {
      List<Field> fields = new ArrayList<>();
      addFields(fields, finishes, aggregates, chosen);
      place(Projection.download(kronos, groups, fields), chosen);
    }
  }

  /** Groups by keys and value, so that each value is one row, then counts rows by the keys. */
  private FieldVector distinct(GroupAggregate aggregate) {
    List<Expression> keys = new ArrayList<>(input.keys());
    keys.add(KeyColumns.key(values(aggregate)));
    GroupPass.Rows rows = new GroupPass.Rows(input.batch(), keys, input.rowNumber());
    try (ColumnBatch pairs = pass.group(rows, List.of())) {
      List<ColumnLayout> layouts = GroupInput.layouts(pairs);
      int last = keys.size() - 1;
      List<Expression> groupKeys = new ArrayList<>();
      for (int i = 0; i < last; i++) {
        groupKeys.add(GroupInput.reference(layouts, i));
      }
      GroupPass.Rows ofPairs =
          new GroupPass.Rows(pairs, groupKeys, GroupInput.reference(layouts, keys.size()));
      GroupFinish count = GroupFinish.count(GroupInput.reference(layouts, last), aggregate.mode());
      try (ColumnBatch counts = pass.aggregate(ofPairs, GroupPass.Keys.WITHOUT, List.of(count))) {
        return Projection.download(kronos, counts, List.of(field(aggregate, DataType.INT64)))
            .get(0);
      }
    }
  }

  /** Closes what was not handed over. */
  @Override
  public void close() {
    keyVectors.forEach(FieldVector::close);
    for (FieldVector vector : results) {
      if (vector != null) {
        vector.close();
      }
    }
  }
}
