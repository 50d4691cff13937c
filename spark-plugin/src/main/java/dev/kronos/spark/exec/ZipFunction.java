// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/** Is the work of one task over a partition of each of two sources. Travels to the executors. */
abstract class ZipFunction
    extends AbstractFunction2<
        scala.collection.Iterator<ColumnarBatch>,
        scala.collection.Iterator<ColumnarBatch>,
        scala.collection.Iterator<ColumnarBatch>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Starts the work of a task. A batch given out is valid until the next one is asked for. */
  abstract Iterator<ColumnarBatch> start(ChainWork.Inputs inputs);

  @Override
  public final scala.collection.Iterator<ColumnarBatch> apply(
      scala.collection.Iterator<ColumnarBatch> rows,
      scala.collection.Iterator<ColumnarBatch> builds) {
    return CollectionConverters.asScala(
        start(
            new ChainWork.Inputs(
                CollectionConverters.asJava(rows), CollectionConverters.asJava(builds))));
  }

  /** Applies this function to the partitions of two sources, in pairs. */
  final RDD<ColumnarBatch> over(RDD<ColumnarBatch> rows, RDD<ColumnarBatch> builds) {
    ClassTag<ColumnarBatch> batches = ClassTag$.MODULE$.apply(ColumnarBatch.class);
    return rows.zipPartitions(builds, false, this, batches, batches);
  }
}
