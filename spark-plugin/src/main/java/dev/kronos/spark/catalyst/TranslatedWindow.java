// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.window.WindowSpec;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Holds translated windows. Immutable.
 *
 * @param spec what the device computes
 * @param aggregateOfCall for each call the index of the aggregate function of Spark's that it is
 *     for, among these; -1 for calls of other functions
 * @param buffers makes Spark's buffer columns, or results of functions without any, from the calls'
 *     results
 * @param results makes the results of windows from these
 * @param bufferAttributes the names of the buffer columns
 * @param evaluation what Spark makes of the buffer columns
 * @param bounds what bounds of frames are computed by, in Spark's expressions over the columns that
 *     reach the windows
 * @param output the columns given out, with the nullability that they have on the device
 */
public record TranslatedWindow(
    WindowSpec spec,
    List<Integer> aggregateOfCall,
    Project buffers,
    Project results,
    List<Attribute> bufferAttributes,
    List<Expression> evaluation,
    List<Expression> bounds,
    List<Attribute> output) {

  /** Copies the lists. */
  public TranslatedWindow {
    aggregateOfCall = List.copyOf(aggregateOfCall);
    bufferAttributes = List.copyOf(bufferAttributes);
    evaluation = List.copyOf(evaluation);
    bounds = List.copyOf(bounds);
    output = List.copyOf(output);
  }

  /** Returns the pipeline from the calls' results to the buffer columns, which cannot fail. */
  public PipelineSpec toBuffers() {
    return new PipelineSpec(spec.resultLayouts(), List.of(buffers));
  }

  /** Returns the pipeline from the calls' results to those of the windows. */
  public PipelineSpec toResults() {
    return new PipelineSpec(spec.resultLayouts(), List.of(buffers, results));
  }

  /** Returns the aggregate function that a call is for, if it is for one. */
  public OptionalInt aggregateOf(int call) {
    int aggregate = aggregateOfCall.get(call);
    return aggregate < 0 ? OptionalInt.empty() : OptionalInt.of(aggregate);
  }

  /** Returns the columns that reach the windows. */
  public List<Attribute> input() {
    return output.subList(0, spec.outputs());
  }

  /**
   * Computes the bounds of a row's frames as Spark does.
   *
   * @param row the columns that reach the windows
   * @throws RuntimeException Spark's, if the row fails there, too
   */
  public void bound(InternalRow row) {
    RowReplay.projected(bounds, input(), row);
  }

  /**
   * Computes the results of a row as Spark does.
   *
   * @param row the buffer columns
   * @throws RuntimeException Spark's, if the row fails there, too
   */
  public void evaluate(InternalRow row) {
    RowReplay.projected(evaluation, bufferAttributes, row);
  }
}
