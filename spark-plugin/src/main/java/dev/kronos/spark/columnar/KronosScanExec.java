// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.io.Serializable;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.connector.read.streaming.SparkDataStream;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.collection.BitSet;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * Scans Parquet files into pool memory. Is Spark's own scan in all but its name, its file format,
 * and that it gives batches also where Spark would read rows because it generates no code.
 */
public final class KronosScanExec extends FileSourceScanExec {
  private static final long serialVersionUID = 1L;
  private static final String BATCHES = "numOutputBatches";

  private transient volatile Map<String, SQLMetric> metrics;

  /** Creates a scan; arguments are those of Spark's scan, in its order. */
  public KronosScanExec(
      HadoopFsRelation relation,
      Option<SparkDataStream> stream,
      Seq<Attribute> output,
      StructType requiredSchema,
      Seq<Expression> partitionFilters,
      Option<BitSet> optionalBucketSet,
      Option<Object> optionalNumCoalescedBuckets,
      Seq<Expression> dataFilters,
      Option<TableIdentifier> tableIdentifier,
      boolean disableBucketedScan) {
    super(
        relation,
        stream,
        output,
        requiredSchema,
        partitionFilters,
        optionalBucketSet,
        optionalNumCoalescedBuckets,
        dataFilters,
        tableIdentifier,
        disableBucketedScan);
  }

  /**
   * Makes the scan that reads what {@code scan} reads from another relation over the same files.
   *
   * @param relation names a {@link KronosParquetFormat}
   */
  static KronosScanExec of(FileSourceScanExec scan, HadoopFsRelation relation) {
    return new KronosScanExec(
        relation,
        scan.stream(),
        scan.output(),
        scan.requiredSchema(),
        scan.partitionFilters(),
        scan.optionalBucketSet(),
        scan.optionalNumCoalescedBuckets(),
        scan.dataFilters(),
        scan.tableIdentifier(),
        scan.disableBucketedScan());
  }

  @Override
  public String nodeName() {
    return ScalaCollections.optional(tableIdentifier())
        .map(table -> "KronosScan parquet " + table.unquotedString())
        .orElse("KronosScan parquet");
  }

  @Override
  public String nodeNamePrefix() {
    return "";
  }

  @Override
  public boolean supportsColumnar() {
    return true;
  }

  @Override
  public Map<String, SQLMetric> metrics() {
    Map<String, SQLMetric> known = metrics;
    if (known == null) {
      java.util.Map<String, SQLMetric> all =
          new java.util.LinkedHashMap<>(CollectionConverters.asJava(super.metrics()));
      all.put(BATCHES, SQLMetrics.createMetric(sparkContext(), "number of output batches"));
      known = ScalaCollections.map(all);
      metrics = known;
    }
    return known;
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    return super.doExecuteColumnar()
        .mapPartitions(
            new BatchCounting(longMetric(BATCHES)),
            true,
            ClassTag$.MODULE$.apply(ColumnarBatch.class));
  }

  /** Counts the batches that pass. Sent to executors. */
  private static final class BatchCounting
      extends AbstractFunction1<Iterator<ColumnarBatch>, Iterator<ColumnarBatch>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SQLMetric batches;

    BatchCounting(SQLMetric batches) {
      this.batches = batches;
    }

    @Override
    public Iterator<ColumnarBatch> apply(Iterator<ColumnarBatch> input) {
      return input.map(
          batch -> {
            batches.add(1);
            return batch;
          });
    }
  }
}
