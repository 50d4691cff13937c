// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinedBatches;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.RowFailure;
import java.util.List;

/** Gives the rows of one side of a join to operators, from wherever they lie. */
interface JoinRows {
  /** Returns what is done to the rows before; makes the columns of the side. */
  PipelineSpec source();

  /** Returns what is compared, over the columns of the side. */
  List<Expression> keys();

  /** Returns the types of the keys, which those of the other side must equal. */
  List<DataType> keyTypes();

  /** Has a table made of the rows. */
  void into(JoinBuild build);

  /** Joins the rows with a table; the caller closes the pieces. */
  JoinedBatches through(HashJoin join);

  /** Returns what to throw for a row that has no result. */
  RuntimeException failure(RowFailure failure);
}
