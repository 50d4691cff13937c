// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.partition;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.Bucket;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Murmur3;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Step;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.operator.sort.SortedBounds;
import java.util.List;
import java.util.Optional;

/**
 * Describes how rows are told to partitions. Immutable.
 *
 * @param pipeline what is done to rows before
 * @param outputs how many of the columns that it makes are given out, the first ones
 * @param numbering how a row gets the number of its partition
 * @param partitions how many partitions there are, 1 or more
 */
public record PartitionSpec(
    PipelineSpec pipeline, int outputs, Numbering numbering, int partitions) {

  /** Checks that there are partitions and that rows can be told to so many. */
  public PartitionSpec {
    List<DataType> types = pipeline.outputTypes();
    if (partitions < 1) {
      throw new IllegalArgumentException("no partitions: partitions=" + partitions);
    }
    if (outputs < 0 || outputs > types.size()) {
      throw new IllegalArgumentException(
          "no such columns to give out: outputs=" + outputs + " columns=" + types);
    }
    if (numbering instanceof Numbering.OfColumn of
        && !types.get(of.column()).equals(DataType.INT32)) {
      throw new IllegalArgumentException("no column of partition numbers: columns=" + types);
    }
    if (numbering instanceof Numbering.OfRange of && of.bounds().count() != partitions - 1) {
      throw new IllegalArgumentException(
          "bounds are not one less than partitions: partitions="
              + partitions
              + " bounds="
              + of.bounds().count());
    }
    if (numbering instanceof Numbering.InTurn of && (of.first() < 0 || of.first() >= partitions)) {
      throw new IllegalArgumentException(
          "no such partition to begin with: first=" + of.first() + " partitions=" + partitions);
    }
  }

  /**
   * Tells rows to partitions by their hash, as Spark does: the remainder of {@link Murmur3} with
   * seed 42, made positive.
   *
   * @param inputs layouts of the rows' columns
   * @param keys what is hashed, over these columns; one or more
   * @param partitions how many partitions there are, 1 or more
   */
  public static PartitionSpec byHash(
      List<ColumnLayout> inputs, List<Expression> keys, int partitions) {
    Expression hash = new Murmur3(keys, Murmur3.PARTITION_SEED);
    Literal buckets = new Literal(DataType.INT32, partitions);
    return by(inputs, new Bucket(hash, buckets), partitions);
  }

  /** Puts all rows into one partition, in their order. */
  public static PartitionSpec single(List<ColumnLayout> inputs) {
    return by(inputs, new Literal(DataType.INT32, 0), 1);
  }

  /**
   * Tells rows to partitions by ranges.
   *
   * @param order the keys, what makes their columns, and how many columns are given out; its bound
   *     on rows has no meaning here
   * @param bounds the bounds between partitions
   */
  public static PartitionSpec byRange(OrderSpec order, SortedBounds bounds) {
    return new PartitionSpec(
        order.pipeline(),
        order.outputs(),
        new Numbering.OfRange(order.order(), bounds),
        bounds.count() + 1);
  }

  /**
   * Deals rows out to partitions in turn.
   *
   * @param inputs layouts of the rows' columns
   * @param partitions how many partitions there are, 1 or more
   * @param first the partition of the first row, from 0
   */
  public static PartitionSpec inTurn(List<ColumnLayout> inputs, int partitions, int first) {
    return new PartitionSpec(
        new PipelineSpec(inputs, List.of(new Project(ColumnReference.toAll(inputs)))),
        inputs.size(),
        new Numbering.InTurn(first),
        partitions);
  }

  private static PartitionSpec by(List<ColumnLayout> inputs, Expression number, int partitions) {
    List<Expression> expressions = ColumnReference.toAll(inputs);
    expressions.add(number);
    List<Step> steps = List.of(new Project(expressions));
    return new PartitionSpec(
        new PipelineSpec(inputs, steps),
        inputs.size(),
        new Numbering.OfColumn(inputs.size()),
        partitions);
  }

  /** Returns the same over source columns that lie otherwise in memory. */
  public PartitionSpec over(List<ColumnLayout> layouts) {
    return new PartitionSpec(pipeline.over(layouts), outputs, numbering, partitions);
  }

  /** Returns why rows cannot be told to partitions on a device, or nothing; needs no device. */
  public Optional<String> unsupported() {
    return ProjectBatch.unsupported(pipeline);
  }
}
