// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.io.Serializable;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Encodes the batches of a task. Travels to the executors. */
public final class EncodingFunction
    extends AbstractFunction1<Iterator<ColumnarBatch>, Iterator<EncodedBatch>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType schema;

  /**
   * Creates a function.
   *
   * @param schema the columns of every batch
   */
  public EncodingFunction(StructType schema) {
    this.schema = schema;
  }

  @Override
  public Iterator<EncodedBatch> apply(Iterator<ColumnarBatch> batches) {
    return batches.map(this::encode);
  }

  private EncodedBatch encode(ColumnarBatch batch) {
    try {
      return EncodedBatch.of(batch, schema);
    } finally {
      batch.closeIfFreeable();
    }
  }
}
