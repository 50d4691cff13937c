// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.operator.partition.Numbering;
import dev.kronos.operator.partition.PartitionSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Descending$;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.NullsLast$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.plans.physical.RangePartitioning;
import org.apache.spark.sql.catalyst.plans.physical.RoundRobinPartitioning;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class SparkPartitioningTest {
  private static final List<Attribute> COLUMNS =
      List.of(SparkColumns.INT, SparkColumns.STRING, SparkColumns.DOUBLE, SparkColumns.MONEY);

  private static final SortOrder DOWN =
      new SortOrder(
          SparkColumns.INT,
          Descending$.MODULE$,
          NullsLast$.MODULE$,
          ScalaCollections.seq(List.of()));

  private static final SortOrder UP = ascending(SparkColumns.STRING);

  private static SortOrder ascending(Attribute column) {
    return new SortOrder(
        column, Ascending$.MODULE$, NullsFirst$.MODULE$, ScalaCollections.seq(List.of()));
  }

  private static SparkPartitioning ranges(int partitions, SortOrder... order) {
    return new SparkPartitioning(
        COLUMNS, new RangePartitioning(ScalaCollections.seq(Arrays.asList(order)), partitions));
  }

  private static InternalRow row(Object... values) {
    Object[] own = values.clone();
    for (int i = 0; i < own.length; i++) {
      own[i] = own[i] instanceof String text ? UTF8String.fromString(text) : own[i];
    }
    return new GenericInternalRow(own);
  }

  private static List<Integer> numbers(SparkPartitioning partitioning, InternalRow... rows) {
    SparkPartitioning.RowPartitioner partitioner = partitioning.onHost();
    return Arrays.stream(rows).map(partitioner::partition).toList();
  }

  @Test
  void rowsThatEqualABoundAreInTheRangeBeforeIt() {
    SparkPartitioning ranges =
        ranges(9, DOWN, UP).with(List.of(row(9, "b"), row(9, "bb"), row(1, null), row(null, "x")));

    assertThat(ranges.partitions()).isEqualTo(5);
    assertThat(
            numbers(
                ranges,
                row(10, "z", 0.0, null),
                row(9, null, 0.0, null),
                row(9, "b", 0.0, null),
                row(9, "ba", 0.0, null),
                row(1, null, 0.0, null),
                row(1, "", 0.0, null),
                row(null, "x", 0.0, null),
                row(null, "y", 0.0, null)))
        .containsExactly(0, 0, 0, 1, 2, 3, 3, 4);
  }

  @Test
  void nansAndZerosAreOrderedAsSparkOrdersThem() {
    SparkPartitioning ranges =
        ranges(3, ascending(SparkColumns.DOUBLE)).with(List.of(row(0.0), row(1e300)));

    assertThat(
            numbers(
                ranges,
                row(1, "", null, null),
                row(1, "", -0.0, null),
                row(1, "", Double.MIN_VALUE, null),
                row(1, "", Double.NaN, null)))
        .containsExactly(0, 0, 1, 2);
  }

  @Test
  void boundsOfRangesAreTranslated() {
    SparkPartitioning ranges =
        ranges(3, ascending(SparkColumns.MONEY), UP)
            .with(List.of(row(Decimal.apply("1.5"), "x"), row(null, null)));

    PartitionSpec spec = ranges.translate().orThrow();

    assertThat(spec.partitions()).isEqualTo(3);
    assertThat(((Numbering.OfRange) spec.numbering()).bounds().rows().get(0).get(0))
        .isEqualTo(BigInteger.valueOf(150));
    assertThat(((Numbering.OfRange) spec.numbering()).bounds().rows().get(1))
        .containsExactly(null, null);
    assertThat(ranges(3, UP).translate().orThrow().partitions()).isEqualTo(1);
  }

  @Test
  void sparkFindsBoundsOfASample() {
    RangeKeys keys = ranges(4, DOWN).ranges().orElseThrow();
    List<RangeKeys.Weighted> sample = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sample.add(new RangeKeys.Weighted(row(i * 37 % 100), 2.5f));
    }

    assertThat(keys.bounds(sample, 4).stream().map(bound -> bound.getInt(0)))
        .containsExactly(75, 50, 25);
    assertThat(keys.bounds(sample.subList(0, 1), 4)).isEmpty();
  }

  @Test
  void rowsAreDealtOutInTurn() {
    SparkPartitioning inTurn = new SparkPartitioning(COLUMNS, new RoundRobinPartitioning(3));
    InternalRow row = row(1, "", 0.0, null);
    List<Integer> numbers = numbers(inTurn, row, row, row, row, row, row, row);

    assertThat(numbers.subList(0, 3)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(numbers.subList(3, 6)).isEqualTo(numbers.subList(0, 3));
    assertThat(numbers.get(6)).isEqualTo(numbers.get(0));
    PartitionSpec spec = inTurn.translate().orThrow();
    assertThat(((Numbering.InTurn) spec.numbering()).first()).isEqualTo(numbers.get(0));
  }

  @Test
  void otherPartitioningsAreLeftToSpark() {
    SparkPartitioning other = new SparkPartitioning(COLUMNS, new UnknownPartitioning(3));

    assertThat(other.translate().obstacle())
        .hasValue("partitioning is left to Spark: UnknownPartitioning");
  }

  /** Rows that differ only in which column is null differ in their digest. */
  @Test
  void digestsTellWhereNullsAre() {
    List<Attribute> columns =
        List.of(SparkColumns.INT, SparkColumns.nullable("i", SparkColumns.INT.dataType()));
    List<SortOrder> order = RowDigest.order(columns);
    SparkPartitioning digests =
        new SparkPartitioning(columns, new RangePartitioning(ScalaCollections.seq(order), 2));

    assertThat(order).hasSize(2);
    assertThat(digests.translate().obstacle()).isEmpty();
    RangeKeys keys = digests.ranges().orElseThrow();
    assertThat(keys.order()).isEqualTo(RowDigest.order(columns));
    assertThat(digest(order.get(0), columns, row(5, null)))
        .isNotEqualTo(digest(order.get(0), columns, row(null, 5)));
    assertThat(RowDigest.order(List.of())).isEmpty();
    assertThat(RowDigest.isExact(columns)).isTrue();
    assertThat(RowDigest.isExact(COLUMNS)).isFalse();
  }

  private static Object digest(SortOrder key, List<Attribute> columns, InternalRow row) {
    return UnsafeProjection$.MODULE$
        .create(ScalaCollections.seq(List.of(key.child())), ScalaCollections.seq(columns))
        .apply(row)
        .copy();
  }
}
