// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * Is the work of one task: batches in, batches out. Travels to the executors, so it holds settings
 * and expressions only; what it opens there it closes when the task completes.
 */
abstract class BatchFunction
    extends AbstractFunction1<
        scala.collection.Iterator<ColumnarBatch>, scala.collection.Iterator<ColumnarBatch>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Starts the work of a task. A batch given out is valid until the next one is asked for. */
  abstract Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input);

  @Override
  public final scala.collection.Iterator<ColumnarBatch> apply(
      scala.collection.Iterator<ColumnarBatch> input) {
    return CollectionConverters.asScala(start(CollectionConverters.asJava(input)));
  }

  /** Applies this function to every partition of a source. */
  final RDD<ColumnarBatch> over(RDD<ColumnarBatch> source) {
    return source.mapPartitions(this, false, ClassTag$.MODULE$.apply(ColumnarBatch.class));
  }

  /** Runs this function over a chain's source, and the CPU twin where an executor has no device. */
  final RDD<ColumnarBatch> over(FusedChain chain) {
    return chain.orTwin(over(chain.source().executeColumnar()));
  }
}
