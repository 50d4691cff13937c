// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.aggregate.AggregateOverflow;
import dev.kronos.operator.pipeline.RowFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Computes the aggregates of one grouping by as few passes as there are kinds of them: one for what
 * needs the rows once, two for variances, two for each count of distinct values. All passes give
 * the groups in one order, so their results fit each other.
 */
final class GroupRun implements AutoCloseable {
  private final Kronos kronos;
  private final Stream stream;
  private final GroupInput input;
  private final List<GroupCall> calls;
  private final GroupPass pass;
  private final List<Column> keys = new ArrayList<>();
  private final Column[] results;
  private final DataType[] types;
  private int groups;

  GroupRun(Kronos kronos, Stream stream, GroupInput input, List<GroupCall> calls) {
    this.kronos = kronos;
    this.stream = stream;
    this.input = input;
    this.calls = List.copyOf(calls);
    this.pass = new GroupPass(kronos, stream);
    this.results = new Column[calls.size()];
    this.types = new DataType[calls.size()];
  }

  /** Returns keys and results, one row a group; the caller closes them. */
  ColumnBatch compute() {
    onePass(chosen(GroupCall::isOnePass));
    List<Integer> spreads = chosen(GroupCall::isSpread);
    if (!spreads.isEmpty()) {
      spreads(spreads);
    }
    for (int i : chosen(GroupCall::isDistinct)) {
      distinct(i);
    }
    List<Column> all = new ArrayList<>(keys);
    all.addAll(Arrays.asList(results));
    keys.clear();
    Arrays.fill(results, null);
    return new ColumnBatch(all, groups);
  }

  private List<Integer> chosen(Predicate<GroupCall> condition) {
    return IntStream.range(0, calls.size())
        .filter(i -> condition.test(calls.get(i)))
        .boxed()
        .toList();
  }

  /** Returns the types of the results, once they are computed. */
  List<DataType> types() {
    return List.of(types);
  }

  /** Returns the fields of the results, once they are computed. */
  List<Field> fields() {
    return IntStream.range(0, types.length).mapToObj(i -> calls.get(i).field(types[i])).toList();
  }

  private void onePass(List<Integer> chosen) {
    List<GroupFinish> finishes = new ArrayList<>();
    chosen.forEach(i -> finishes.add(GroupFinish.of(calls.get(i).aggregate())));
    try {
      ColumnBatch found = pass.aggregate(GroupPass.Rows.of(input), GroupPass.Keys.WITH, finishes);
      int keyCount = input.keys().size();
      groups = found.rows();
      keys.addAll(found.columns().subList(0, keyCount));
      place(found.columns().subList(keyCount, found.columns().size()), chosen, finishes);
    } catch (AggregateOverflow e) {
      throw overflow(e, chosen, finishes);
    } catch (RowFailure e) {
      throw new KronosException.InvalidArgument(
          message("sum of a group does not fit its type", "group", e.row()), e);
    }
  }

  /** Names the values whose calls contain the one that overflowed. */
  private KronosException overflow(
      AggregateOverflow cause, List<Integer> chosen, List<GroupFinish> finishes) {
    int index = 0;
    int before = finishes.get(0).calls().size();
    while (before <= cause.callIndex()) {
      before += finishes.get(++index).calls().size();
    }
    String name = calls.get(chosen.get(index)).of().getName();
    return new KronosException.InvalidArgument(
        message("sum of a group does not fit its type", "vector", name), cause);
  }

  private void place(List<Column> columns, List<Integer> chosen, List<GroupFinish> finishes) {
    for (int i = 0; i < chosen.size(); i++) {
      results[chosen.get(i)] = columns.get(i);
      types[chosen.get(i)] = finishes.get(i).type();
    }
  }

  /** Finds the mean of each group, brings it to each row, and adds up squares of distances. */
  private void spreads(List<Integer> chosen) {
    List<GroupFinish> means = new ArrayList<>();
    chosen.forEach(i -> means.add(GroupFinish.mean(calls.get(i).aggregate().values())));
    GroupPass.Rows rows = GroupPass.Rows.of(input);
    Expression all = new Literal(DataType.BOOLEAN, true);
    try (ColumnBatch ofGroups = pass.aggregate(rows, GroupPass.Keys.WITHOUT, means);
        GroupNumbers groups = new GroupNumbers(kronos, stream, input, all);
        ColumnBatch ofRows = bring(ofGroups, groups.numbers())) {
      List<Column> more = new ArrayList<>(List.of(groups.numbers()));
      more.addAll(ofRows.columns());
      squares(GroupInput.append(input.batch(), more), chosen);
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

  private void squares(ColumnBatch batch, List<Integer> chosen) {
    List<ColumnLayout> layouts = GroupInput.layouts(batch);
    int first = layouts.size() - chosen.size();
    List<GroupFinish> finishes = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Expression mean = GroupInput.reference(layouts, first + i);
      finishes.add(GroupFinish.spread(calls.get(chosen.get(i)).aggregate(), mean));
    }
    List<Expression> numbers = List.of(GroupInput.reference(layouts, first - 1));
    GroupPass.Rows rows = GroupPass.Rows.all(batch, numbers, input.rowNumber());
    ColumnBatch found = pass.aggregate(rows, GroupPass.Keys.WITHOUT, finishes);
    place(found.columns(), chosen, finishes);
  }

  /** Groups by keys and value, so that each value is one row, then counts rows by the keys. */
  private void distinct(int call) {
    TableAggregate aggregate = calls.get(call).aggregate();
    List<Expression> all = new ArrayList<>(input.keys());
    all.add(KeyColumns.key(aggregate.values()));
    GroupPass.Rows rows = GroupPass.Rows.all(input.batch(), all, input.rowNumber());
    try (ColumnBatch pairs = pass.group(rows, List.of())) {
      List<ColumnLayout> layouts = GroupInput.layouts(pairs);
      int last = all.size() - 1;
      List<Expression> groupKeys = new ArrayList<>();
      for (int i = 0; i < last; i++) {
        groupKeys.add(GroupInput.reference(layouts, i));
      }
      GroupPass.Rows ofPairs =
          GroupPass.Rows.all(pairs, groupKeys, GroupInput.reference(layouts, all.size()));
      GroupFinish count = GroupFinish.count(GroupInput.reference(layouts, last), aggregate.mode());
      ColumnBatch counts = pass.aggregate(ofPairs, GroupPass.Keys.WITHOUT, List.of(count));
      place(counts.columns(), List.of(call), List.of(count));
    }
  }

  /** Closes what was not handed over. */
  @Override
  public void close() {
    keys.forEach(Column::close);
    for (Column column : results) {
      if (column != null) {
        column.close();
      }
    }
  }
}
