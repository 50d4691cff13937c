// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.expression.Expression;
import dev.kronos.operator.join.JoinType;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Holds columns on the device, so that several steps run without results going to the host and back
 * between them.
 *
 * <pre>{@code
 * try (DeviceTable orders = DeviceTable.of(kronos, price, quantity);
 *     DeviceTable dear = orders.where(Functions.GREATER.of(orders.column("price"), limit));
 *     VectorSchemaRoot rows = dear.read()) { ... }
 * }</pre>
 *
 * <p>{@link #where} and {@link #select} run nothing: they are collected, and all of them together
 * become one kernel, or two where rows are left out, when rows are read, counted or reduced. Who
 * reads a table more than once calls {@link #run} and reads that. Nothing is copied to the host but
 * by {@link #read}, numbers of rows and characters aside.
 *
 * <p>Columns may be of every layout that {@link Selection} moves, and keep their fields.
 * Expressions are over the columns of the table that made them, by {@link #column}; those are of
 * the types of {@link Expressions}. A column that is computed is nullable.
 *
 * <p>Every table is closed by who got it, in any order: those made of others hold what they need.
 * Immutable and thread-safe. Cost: collecting a step is O(1) work. Bringing, computing and reading
 * n rows is O(n) work and O(n) memory, each times the columns; sorts, groupings and joins cost what
 * {@link Sorting}, {@link Grouping} and {@link Joins} say. Errors: {@link
 * KronosException.InvalidArgument} for names and expressions that do not fit, at once, and for rows
 * that have no result, when they are computed, naming the first and why; {@link
 * KronosException.Unsupported} for types; {@link KronosException.Exhausted} when there is no room
 * on the device; {@link KronosException.Closed} after closing.
 */
public final class DeviceTable implements AutoCloseable {
  private final Kronos kronos;
  private final RowPlan plan;
  private final ColumnBatch batch;
  private boolean closed;

  /** Takes over the batch. */
  private DeviceTable(Kronos kronos, RowPlan plan, ColumnBatch batch) {
    this.kronos = kronos;
    this.plan = plan;
    this.batch = batch;
  }

  /**
   * Brings vectors to the device, or reads them in place where it shares the host's memory.
   *
   * @param kronos the device; stays the caller's and outlives the table
   * @param vectors the columns, of one length; stay the caller's, who may close them at any time
   *     but not change them before this table and all that are made of it are closed
   * @throws KronosException.InvalidArgument when their lengths differ
   * @throws KronosException.Unsupported when one has a layout that no column has
   */
  public static DeviceTable of(Kronos kronos, FieldVector... vectors) {
    return of(Decoder.none(kronos), List.of(vectors));
  }

  /** Brings a batch of vectors to the device, as {@link #of(Kronos, FieldVector...)}. */
  public static DeviceTable of(Kronos kronos, VectorSchemaRoot rows) {
    return of(Decoder.none(kronos), rows.getFieldVectors());
  }

  /** Does as {@link #of(Kronos, FieldVector...)} and decodes, as {@link Elementwise} can. */
  public static DeviceTable of(
      Kronos kronos, DictionaryProvider dictionaries, FieldVector... vectors) {
    return of(Decoder.of(kronos, dictionaries), List.of(vectors));
  }

  /** Brings a batch to the device, as {@link #of(Kronos, DictionaryProvider, FieldVector...)}. */
  public static DeviceTable of(
      Kronos kronos, DictionaryProvider dictionaries, VectorSchemaRoot rows) {
    return of(Decoder.of(kronos, dictionaries), rows.getFieldVectors());
  }

  private static DeviceTable of(Decoder decoder, List<FieldVector> vectors) {
    TableUpload upload = new TableUpload(decoder, vectors);
    return new DeviceTable(decoder.kronos(), upload.plan(), upload.run());
  }

  /** Returns names and Arrow types of the columns. */
  public List<Field> fields() {
    return plan.fields();
  }

  /**
   * Returns a column as an operand, by its index from 0.
   *
   * @throws KronosException.InvalidArgument when there is none
   * @throws KronosException.Unsupported when its type has no column type, or it is
   *     dictionary-encoded still: such columns are only moved, by {@link #select(String...)}
   */
  public Expression column(int index) {
    return plan.column(index).operand();
  }

  /**
   * Returns a column as an operand, by its name.
   *
   * @throws KronosException.InvalidArgument when no column, or more than one, has the name
   * @throws KronosException.Unsupported as {@link #column(int)}
   */
  public Expression column(String name) {
    return plan.column(name).operand();
  }

  /**
   * Keeps the rows of which a condition is true. Runs nothing.
   *
   * @param condition a boolean over the columns of this; null counts as false
   * @throws KronosException.InvalidArgument when it is not boolean or over other columns
   */
  public DeviceTable where(Expression condition) {
    return with(plan.where(condition));
  }

  /**
   * Makes a column of each expression. Runs nothing.
   *
   * @param names a name an expression
   * @param expressions over the columns of this
   * @throws KronosException.InvalidArgument when there are more of one than of the other, or an
   *     expression is over other columns
   */
  public DeviceTable select(List<String> names, List<Expression> expressions) {
    return with(plan.select(names, expressions));
  }

  /**
   * Keeps some columns, in the order given, with their fields. Runs nothing.
   *
   * @param names of columns of any type
   * @throws KronosException.InvalidArgument when no column, or more than one, has a name
   */
  public DeviceTable select(String... names) {
    return with(plan.select(Arrays.stream(names).map(plan::column).toList()));
  }

  /**
   * Computes what {@link #where} and {@link #select} say, once, and leaves it on the device.
   *
   * @return a table to which nothing is done yet
   */
  public DeviceTable run() {
    return over(compute(plan.spec()));
  }

  /** Takes over what the columns of the plan became. */
  private DeviceTable over(ColumnBatch result) {
    return new DeviceTable(kronos, plan.over(GroupInput.layouts(result)), result);
  }

  /**
   * Sorts the rows, those that are equal in all keys in their order, as {@link Sorting} does. Runs.
   *
   * @param keys one at least, the most significant first
   * @throws KronosException.InvalidArgument when there is no key, or none or more than one column
   *     of a name
   * @throws KronosException.Unsupported as {@link #column(int)}
   */
  public DeviceTable sort(ColumnOrder... keys) {
    return sorted(List.of(keys), Integer.MAX_VALUE);
  }

  /**
   * Finds the first rows in an order, in that order, as {@link #sort} and {@link #first} do
   * together; with one key, most of the others may be left out before rows are sorted. Runs.
   *
   * @param most how many are wanted, 0 or more
   * @param keys as for {@link #sort}
   */
  public DeviceTable top(int most, ColumnOrder... keys) {
    return sorted(List.of(keys), DeviceRows.requireCount(most));
  }

  private DeviceTable sorted(List<ColumnOrder> keys, int most) {
    TableSort sort = new TableSort(kronos, plan, keys);
    try (ColumnBatch rows = compute(sort.pipeline())) {
      return over(sort.sort(rows, most));
    }
  }

  /**
   * Keeps the first rows. Runs.
   *
   * @param most how many are wanted, 0 or more
   * @throws KronosException.InvalidArgument when the number is negative
   */
  public DeviceTable first(int most) {
    DeviceRows.requireCount(most);
    try (ColumnBatch rows = compute(plan.spec())) {
      return over(new DeviceRows(kronos, rows).first(most));
    }
  }

  /**
   * Computes aggregates of the rows of each group, as {@link Grouping} does. Runs: steps so far are
   * part of the kernel that groups, but for variances and counts of distinct values, before which
   * they run by themselves.
   *
   * @param keys names of columns of any type whose rows are compared, one at least
   * @param aggregates what is computed; may be empty
   * @return the keys, then the aggregates, one row a group, in the order of their first rows
   * @throws KronosException.InvalidArgument when there is no key, names or expressions do not fit,
   *     or a checked sum does not fit its type
   */
  public DeviceTable groupBy(List<String> keys, List<TableAggregate> aggregates) {
    TableGrouping grouping = new TableGrouping(kronos, plan, keys, aggregates);
    if (!grouping.isOnePass() && !plan.spec().steps().isEmpty()) {
      try (DeviceTable computed = run()) {
        return computed.groupBy(keys, aggregates);
      }
    }
    try (ColumnBatch rows = held()) {
      TableRows groups = grouping.run(rows);
      return new DeviceTable(kronos, groups.plan(), groups.batch());
    }
  }

  /**
   * Joins rows whose keys are equal, as {@link Joins} does. Runs: steps so far, of both tables, are
   * part of the kernels of the join.
   *
   * @param right the other table, of which the join's table is made: the smaller one, if possible;
   *     stays the caller's
   * @param keys names of columns that both tables have, of one type; one at least
   * @return the columns of this, then those of the other one that are no keys
   * @throws KronosException.InvalidArgument when there is no key, none or more than one column of a
   *     name, or types differ
   */
  public DeviceTable inner(DeviceTable right, String... keys) {
    return join(JoinType.INNER, right, keys);
  }

  /** Does as {@link #inner}, and keeps rows of this without a match. */
  public DeviceTable left(DeviceTable right, String... keys) {
    return join(JoinType.LEFT_OUTER, right, keys);
  }

  /** Does as {@link #inner} by a table of this, and keeps rows of the other without a match. */
  public DeviceTable right(DeviceTable right, String... keys) {
    return join(JoinType.RIGHT_OUTER, right, keys);
  }

  /** Does as {@link #inner}, and keeps rows of either table without a match. */
  public DeviceTable full(DeviceTable right, String... keys) {
    return join(JoinType.FULL_OUTER, right, keys);
  }

  /** Keeps the rows that have a match in another table, as {@link #inner} finds them. */
  public DeviceTable semi(DeviceTable right, String... keys) {
    return join(JoinType.LEFT_SEMI, right, keys);
  }

  /** Keeps the rows that have no match in another table, as {@link #inner} finds them. */
  public DeviceTable anti(DeviceTable right, String... keys) {
    return join(JoinType.LEFT_ANTI, right, keys);
  }

  private DeviceTable join(JoinType type, DeviceTable right, String... keys) {
    if (keys.length == 0) {
      throw new KronosException.InvalidArgument(message("join without keys", "keys", 0));
    }
    if (kronos != right.kronos) {
      throw new KronosException.InvalidArgument(
          message("tables are on different devices", "left", kronos, "right", right.kronos));
    }
    try (ColumnBatch mine = held();
        ColumnBatch theirs = right.held()) {
      TableSide leftSide = side(mine, keys);
      TableRows joined = new TableJoin(kronos, type, leftSide, right.side(theirs, keys)).run();
      return new DeviceTable(kronos, joined.plan(), joined.batch());
    }
  }

  private TableSide side(ColumnBatch rows, String... keys) {
    List<PlanColumn> columns = Arrays.stream(keys).map(plan::column).toList();
    return new TableSide(new DeviceRows(kronos, rows), plan, columns);
  }

  /** Returns how many rows there are; waits for the filters, and computes nothing else. */
  public int rows() {
    if (plan.spec().steps().stream().noneMatch(Filter.class::isInstance)) {
      return batch.rows();
    }
    try (ColumnBatch held = held();
        ColumnBatch counted =
            new Projection(kronos, new DeviceRows(kronos, held))
                .compute("rows", plan.select(List.of()).spec())) {
      return counted.rows();
    }
  }

  /**
   * Computes the rows and copies them to the host.
   *
   * @return vectors in memory of the device's allocator, which the caller closes
   */
  public VectorSchemaRoot read() {
    try (ColumnBatch held = held()) {
      if (!plan.spec().steps().isEmpty()) {
        return new Projection(kronos, new DeviceRows(kronos, held)).read(names(), plan);
      }
      List<FieldVector> vectors = Projection.download(kronos, held, plan.fields());
      return new VectorSchemaRoot(plan.fields(), vectors, held.rows());
    }
  }

  /** Returns how many values are not null; as {@link Aggregates#count}. */
  public long count(Expression values) {
    return reduce(values, reduction -> reduction.count(values));
  }

  /** Returns the sum; as {@link Aggregates#sum}. */
  public Scalar sum(Expression values) {
    return reduce(values, reduction -> reduction.sum(values));
  }

  /** Returns the sum, but fails where it does not fit; as {@link Aggregates#sumChecked}. */
  public Scalar sumChecked(Expression values) {
    return reduce(values, reduction -> reduction.sumChecked(values, values.toString()));
  }

  /** Returns the least value; as {@link Aggregates#min}. */
  public Scalar min(Expression values) {
    return reduce(values, reduction -> reduction.min(values));
  }

  /** Returns the greatest value; as {@link Aggregates#max}. */
  public Scalar max(Expression values) {
    return reduce(values, reduction -> reduction.max(values));
  }

  /** Returns the arithmetic mean; as {@link Aggregates#mean}. */
  public Scalar mean(Expression values) {
    return reduce(values, reduction -> reduction.mean(values));
  }

  private <T> T reduce(Expression values, Function<Reduction, T> function) {
    plan.requireOwn(values);
    try (ColumnBatch held = held()) {
      return function.apply(new Reduction(kronos, new DeviceRows(kronos, held), plan.spec()));
    }
  }

  private DeviceTable with(RowPlan more) {
    return new DeviceTable(kronos, more, held());
  }

  /** Does to the rows what steps say, if there are any; the caller closes the result. */
  private ColumnBatch compute(PipelineSpec steps) {
    ColumnBatch held = held();
    if (steps.steps().isEmpty()) {
      return held;
    }
    try (held) {
      return new Projection(kronos, new DeviceRows(kronos, held)).compute(names(), steps);
    }
  }

  private String names() {
    return String.join(", ", plan.fields().stream().map(Field::getName).toList());
  }

  /** Returns the rows that steps begin with, with a reference of their own. */
  private synchronized ColumnBatch held() {
    if (closed) {
      throw new KronosException.Closed(message("table used after close", "fields", plan.fields()));
    }
    return batch.retain();
  }

  /** Lets go of the columns, which stay while other tables need them. Idempotent. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      batch.close();
    }
  }
}
