// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.ColumnLayout;
import dev.kronos.operator.partition.PartitionSpec;
import dev.kronos.spark.columnar.BatchLayouts;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.plans.physical.HashPartitioning;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.plans.physical.SinglePartition$;

/**
 * Tells rows to partitions as one of Spark's partitionings does. It travels to the executors as it
 * is: there it is translated, or computed in Spark where an executor has no device. Immutable.
 *
 * @param input the columns of the rows
 * @param partitioning by hash, or all rows to one partition
 */
public record SparkPartitioning(List<Attribute> input, Partitioning partitioning)
    implements Serializable {
  /** Rows are told to partitions in a way that is left to Spark. */
  public static final Restriction KIND =
      new Restriction(
          "partitioning is left to Spark", "by range, round robin, or by partitions of a source");

  /** Copies the list. */
  public SparkPartitioning {
    input = List.copyOf(input);
  }

  /** Returns how many partitions there are. */
  public int partitions() {
    return partitioning.numPartitions();
  }

  /** Returns the expressions that are hashed; none where there is one partition for all rows. */
  public List<Expression> keys() {
    return partitioning instanceof HashPartitioning hash
        ? ScalaCollections.list(hash.expressions())
        : List.of();
  }

  /** Translates the partitioning, or says why it is left to Spark. */
  public Translation<PartitionSpec> translate() {
    Optional<String> columns = BatchLayouts.unsupported(SparkPipeline.schema(input));
    if (columns.isPresent()) {
      return new Translation.Unsupported<>(columns.get());
    }
    if (!(partitioning instanceof HashPartitioning) && !isSingle()) {
      String kind = partitioning.getClass().getSimpleName();
      return new Translation.Unsupported<>(KIND.about(kind));
    }
    try {
      return new Translation.Supported<>(spec());
    } catch (UntranslatableException e) {
      return new Translation.Unsupported<>(e.getMessage());
    }
  }

  private boolean isSingle() {
    return partitioning.equals(SinglePartition$.MODULE$);
  }

  private PartitionSpec spec() {
    List<ColumnLayout> layouts = BatchLayouts.of(SparkPipeline.schema(input));
    return isSingle()
        ? PartitionSpec.single(layouts)
        : PartitionSpec.byHash(
            layouts, new ExpressionTranslator(input).requireAll(keys()), partitions());
  }

  /** Makes a function that tells the partition of one row in Spark; for one thread. */
  public RowPartitioner onHost() {
    Expression number =
        partitioning instanceof HashPartitioning hash
            ? hash.partitionIdExpression()
            : Literal$.MODULE$.apply(0);
    UnsafeProjection projection =
        UnsafeProjection$.MODULE$.create(
            ScalaCollections.seq(List.of(number)), ScalaCollections.seq(input));
    projection.initialize(0);
    return row -> projection.apply(row).getInt(0);
  }

  /** Tells the partition of a row. */
  @FunctionalInterface
  public interface RowPartitioner {
    /** Returns the number of the row's partition, from 0. */
    int partition(InternalRow row);
  }
}
