// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.ColumnLayout;
import dev.kronos.operator.partition.PartitionSpec;
import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.spark.columnar.BatchLayouts;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.plans.physical.HashPartitioning;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.plans.physical.RangePartitioning;
import org.apache.spark.sql.catalyst.plans.physical.RoundRobinPartitioning;
import org.apache.spark.sql.catalyst.plans.physical.SinglePartition$;
import org.apache.spark.util.random.XORShiftRandom;
import scala.math.Ordering;

/**
 * Tells rows to partitions as one of Spark's partitionings does. It travels to the executors as it
 * is: there it is translated, or computed in Spark where an executor has no device. Immutable.
 *
 * @param input the columns of the rows
 * @param partitioning by hash, by range, in turn, or all rows to one partition
 * @param bounds rows of keys between ranges, in order; none where there is one range or none are
 *     found yet, and with other partitionings
 */
public record SparkPartitioning(
    List<Attribute> input, Partitioning partitioning, List<InternalRow> bounds)
    implements Serializable {
  /** Rows are told to partitions in a way that is left to Spark. */
  public static final Restriction KIND =
      new Restriction(
          "partitioning is left to Spark",
          "by partitions of a source, or by numbers that rows bring");

  /** Copies the lists. */
  public SparkPartitioning {
    input = List.copyOf(input);
    bounds = List.copyOf(bounds);
  }

  /** Makes a partitioning without bounds. */
  public SparkPartitioning(List<Attribute> input, Partitioning partitioning) {
    this(input, partitioning, List.of());
  }

  /** Returns the same with bounds that were found. */
  public SparkPartitioning with(List<InternalRow> found) {
    return new SparkPartitioning(input, partitioning, found);
  }

  /** Returns how many partitions there are; of ranges there may be fewer than asked for. */
  public int partitions() {
    return ranges().isPresent() ? bounds.size() + 1 : partitioning.numPartitions();
  }

  /** Returns the keys of ranges, or nothing where rows are told to partitions otherwise. */
  public Optional<RangeKeys> ranges() {
    return partitioning instanceof RangePartitioning range
        ? Optional.of(new RangeKeys(ScalaCollections.list(range.ordering())))
        : Optional.empty();
  }

  /** Returns the expressions that are looked at; none where there is one partition for all rows. */
  public List<Expression> keys() {
    return partitioning instanceof HashPartitioning hash
        ? ScalaCollections.list(hash.expressions())
        : ranges().map(RangeKeys::expressions).orElse(List.of());
  }

  /** Translates the partitioning, or says why it is left to Spark. */
  public Translation<PartitionSpec> translate() {
    Optional<String> columns = BatchLayouts.unsupported(SparkPipeline.schema(input));
    if (columns.isPresent()) {
      return new Translation.Unsupported<>(columns.get());
    }
    if (ranges().isPresent()) {
      return ofRanges(ranges().get());
    }
    if (!(partitioning instanceof HashPartitioning) && !isInTurn() && !isSingle()) {
      String kind = partitioning.getClass().getSimpleName();
      return new Translation.Unsupported<>(KIND.about(kind));
    }
    try {
      return new Translation.Supported<>(spec());
    } catch (UntranslatableException e) {
      return new Translation.Unsupported<>(e.getMessage());
    }
  }

  private Translation<PartitionSpec> ofRanges(RangeKeys keys) {
    SparkPipeline rows = new SparkPipeline(input, List.of());
    return new SparkOrder(rows, keys.order(), OrderSpec.ALL)
        .translate()
        .then(order -> PartitionSpec.byRange(order.spec(), keys.translate(bounds)));
  }

  private boolean isSingle() {
    return partitioning.equals(SinglePartition$.MODULE$);
  }

  private boolean isInTurn() {
    return partitioning instanceof RoundRobinPartitioning;
  }

  /** Returns the partition of the first row of the task that asks, the same as in Spark. */
  private int firstInTurn() {
    return (new XORShiftRandom(TaskContext.getPartitionId()).nextInt(partitions()) + 1)
        % partitions();
  }

  private PartitionSpec spec() {
    List<ColumnLayout> layouts = BatchLayouts.of(SparkPipeline.schema(input));
    if (isInTurn()) {
      return PartitionSpec.inTurn(layouts, partitions(), firstInTurn());
    }
    return isSingle()
        ? PartitionSpec.single(layouts)
        : PartitionSpec.byHash(
            layouts, new ExpressionTranslator(input).requireAll(keys()), partitions());
  }

  /**
   * Makes a function that tells the partition of one row after the other in Spark; for the thread
   * of one task.
   */
  public RowPartitioner onHost() {
    return isInTurn() ? inTurn() : ranges().map(this::byRange).orElseGet(this::byNumber);
  }

  private RowPartitioner inTurn() {
    PrimitiveIterator.OfInt partitions =
        IntStream.iterate(firstInTurn(), p -> (p + 1) % partitions()).iterator();
    return row -> partitions.nextInt();
  }

  private RowPartitioner byNumber() {
    Expression number =
        partitioning instanceof HashPartitioning hash
            ? hash.partitionIdExpression()
            : Literal$.MODULE$.apply(0);
    UnsafeProjection projection = projection(List.of(number));
    return row -> projection.apply(row).getInt(0);
  }

  private RowPartitioner byRange(RangeKeys keys) {
    UnsafeProjection projection = projection(keys.expressions());
    Ordering<InternalRow> ordering = keys.ordering();
    // A row that equals a bound is in the range before it.
    return row -> {
      int place = Collections.binarySearch(bounds, projection.apply(row), ordering);
      return place < 0 ? -place - 1 : place;
    };
  }

  private UnsafeProjection projection(List<Expression> expressions) {
    UnsafeProjection projection =
        UnsafeProjection$.MODULE$.create(
            ScalaCollections.seq(expressions), ScalaCollections.seq(input));
    projection.initialize(0);
    return projection;
  }

  /** Tells the partition of a row. */
  @FunctionalInterface
  public interface RowPartitioner {
    /** Returns the number of the row's partition, from 0. */
    int partition(InternalRow row);
  }
}
