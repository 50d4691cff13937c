// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Groups rows by equal keys, as Arrow's {@code group_by} does. Null is a key like others. Groups
 * come in the order of their first rows.
 *
 * <p>Keys may be of every layout that {@link Selection} moves. NaNs are one key; 0.0 and -0.0 are
 * two, as in Arrow. Sums and means do not depend on the device or on the order of additions, for
 * they are rounded once from the exact sum.
 *
 * <p>Thread-safe. Errors: {@link KronosException.InvalidArgument} without keys, for vectors of
 * different lengths and for checked sums that do not fit; {@link KronosException.Unsupported} for a
 * type that a function does not take and for more than 64 keys, 200 columns or 40 sums of floating
 * point numbers at once; {@link KronosException.Exhausted} when there is no room on the device.
 * Inputs are untouched then. Cost: O(n + g) work for n rows and g groups, each times keys and
 * aggregates, as long as few hashes of keys collide, and O(n + g) memory: 4 bytes a row, a few
 * words a group and 544 bytes more for each sum of floating point numbers, three of which a
 * skewness and a covariance take, four a kurtosis and seven a correlation. Variances take two
 * passes more in all, counts of distinct values two for each.
 */
public final class Grouping {
  private final Decoder decoder;

  /** Creates the function of a device, which stays the caller's. */
  public Grouping(Kronos kronos) {
    this(Decoder.none(kronos));
  }

  /**
   * Creates a function that sees dictionary-encoded vectors as values, by which it groups; see
   * {@link Elementwise}. The other one groups by their indices.
   */
  public Grouping(Kronos kronos, DictionaryProvider dictionaries) {
    this(Decoder.of(kronos, dictionaries));
  }

  private Grouping(Decoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Computes aggregates of each group.
   *
   * @param keys vectors whose rows are compared, one at least, of one length
   * @param aggregates what is computed, of vectors as long as the keys; may be empty
   * @return the keys, under their names, then the aggregates, one row a group; the caller closes it
   * @throws KronosException.InvalidArgument when there is no key, vectors are of different lengths,
   *     or a checked sum does not fit
   */
  public VectorSchemaRoot groupBy(
      List<? extends FieldVector> keys, List<GroupAggregate> aggregates) {
    if (keys.isEmpty()) {
      throw new KronosException.InvalidArgument("nothing to group by: keys=0");
    }
    try (Operands operands = decoder.operands(keys, values(aggregates))) {
      List<GroupAggregate> plain =
          aggregates.stream().map(aggregate -> aggregate.of(operands)).toList();
      return group(operands.of(keys), plain);
    }
  }

  private static List<FieldVector> values(List<GroupAggregate> aggregates) {
    return aggregates.stream().flatMap(aggregate -> aggregate.operands().stream()).toList();
  }

  private VectorSchemaRoot group(List<FieldVector> keys, List<GroupAggregate> aggregates) {
    Kronos kronos = decoder.kronos();
    List<FieldVector> values = new ArrayList<>();
    values(aggregates).stream()
        .filter(vector -> values.stream().noneMatch(known -> known == vector))
        .forEach(values::add);
    try (Stream stream = kronos.newStream();
        GroupInput input = GroupInput.upload(kronos, stream, keys, values);
        GroupRun run = new GroupRun(kronos, stream, input, calls(input, values, aggregates));
        ColumnBatch groups = run.compute()) {
      List<Field> fields = new ArrayList<>(SelectionPlan.fields(keys));
      fields.addAll(run.fields());
      return new VectorSchemaRoot(Projection.download(kronos, groups, fields));
    }
  }

  private static List<GroupCall> calls(
      GroupInput input, List<FieldVector> values, List<GroupAggregate> aggregates) {
    List<GroupCall> calls = new ArrayList<>(aggregates.size());
    for (GroupAggregate aggregate : aggregates) {
      FieldVector vector = aggregate.values();
      Field field = vector == null ? null : vector.getField();
      Expression column = values(input, values, vector);
      Expression other = values(input, values, aggregate.other());
      calls.add(new GroupCall(aggregate.over(column, other), field));
    }
    return calls;
  }

  private static Expression values(GroupInput input, List<FieldVector> known, FieldVector vector) {
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i) == vector) {
        return input.value(i, ArrowColumns.dataType(vector.getField().getType()));
      }
    }
    return null;
  }
}
