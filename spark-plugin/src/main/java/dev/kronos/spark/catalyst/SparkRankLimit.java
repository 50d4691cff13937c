// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Step;
import dev.kronos.operator.window.RankLimit;
import dev.kronos.operator.window.WindowFunction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;

/**
 * Holds which rows of sorted partitions are kept, in Spark's expressions, and what is done to the
 * rows before. Immutable; travels to the executors.
 *
 * @param input what is done to a row before
 * @param partition keys of the partitions that rows are sorted by; empty for one partition
 * @param order keys that rows of a partition are sorted by
 * @param rank the function that ranks rows
 * @param most the greatest rank that is kept, 1 or more
 */
public record SparkRankLimit(
    SparkPipeline input,
    List<Expression> partition,
    List<SortOrder> order,
    Expression rank,
    int most)
    implements Serializable {

  /** Copies the lists. */
  public SparkRankLimit {
    partition = List.copyOf(partition);
    order = List.copyOf(order);
  }

  /** Holds a translated limit and the columns given out, with their nullability on the device. */
  public record Translated(RankLimit limit, List<Attribute> output) {
    /** Copies the list. */
    public Translated {
      output = List.copyOf(output);
    }
  }

  /** Returns the same limit of rows to which something else is done before. */
  public SparkRankLimit over(SparkPipeline pipeline) {
    return new SparkRankLimit(pipeline, partition, order, rank, most);
  }

  /** Translates the limit, or says why it stays on the CPU. Needs no session and no device. */
  public Translation<Translated> translate() {
    return input.translate().then(this::translate);
  }

  private Translated translate(TranslatedPipeline before) {
    WindowFunction function =
        WindowCatalog.rank(rank).orElseThrow(() -> WindowCatalog.UNLISTED.refusal(rank.nodeName()));
    WindowBuilder builder = new WindowBuilder(before.output());
    RankLimit.Keys keys =
        new RankLimit.Keys(builder.keys(partition), builder.keys(WindowShape.children(order)));
    List<Step> steps = new ArrayList<>(before.spec().steps());
    steps.add(new Project(builder.columns()));
    PipelineSpec pipeline = new PipelineSpec(before.spec().inputs(), steps);
    return new Translated(
        new RankLimit(pipeline, before.output().size(), keys, function, most), before.output());
  }

  /** Returns the replay of rows that the limit takes in. */
  public RowReplay replay() {
    List<Expression> consumed = new ArrayList<>(partition);
    consumed.addAll(WindowShape.children(order));
    return new RowReplay(input, consumed);
  }
}
