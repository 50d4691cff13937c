// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Filters and projects batches. */
final class ProjectFunction extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final ChainWork work;

  ProjectFunction(ChainWork work) {
    this.work = work;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    return new ProjectIterator(work.start(input));
  }
}
