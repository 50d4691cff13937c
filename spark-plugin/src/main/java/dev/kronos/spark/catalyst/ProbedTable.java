// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.join.BuildTable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;

/**
 * Is the build side of a join whose look-ups are steps of a pipeline. Used by one task's thread.
 */
public interface ProbedTable {
  /** Returns the columns of the build side. */
  List<Attribute> columns();

  /** Returns the table on the device, which is open as long as the pipeline runs. */
  BuildTable onDevice();

  /** Returns the rows of the build side, for the one row that fails and is run again in Spark. */
  List<InternalRow> rows();
}
