// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.ColumnBatch;
import dev.kronos.expression.RowAccess;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.project.ProjectBatch;

/** Gives rows to operators, from wherever they lie. */
interface RowSource {
  /** Returns what an operator makes of the rows; the caller closes it. */
  ColumnBatch through(ProjectBatch project);

  /** Has an operator take in the rows. */
  void into(HashAggregate aggregate);

  /** Returns the values of the row with an index from 0, for messages. */
  RowAccess row(int index);
}
