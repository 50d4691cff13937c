// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.util.Optional;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;

/** Replaces Spark's scans of Parquet files by scans into pool memory. Stateless. */
public final class ParquetScan {
  /** Configuration key of the most rows of a batch. */
  static final String BATCH_ROWS_KEY = "spark.kronos.sql.batchRows";

  /** Most rows of a batch where nothing is configured. */
  static final int DEFAULT_BATCH_ROWS = 1 << 20;

  private ParquetScan() {}

  /** Returns why a scan must stay as it is, or empty when it can be replaced. */
  public static Optional<String> unsupportedReason(FileSourceScanExec scan) {
    Object format = scan.relation().fileFormat();
    if (format.getClass() != ParquetFileFormat.class) {
      return Optional.of("file format is not Parquet: format=" + format);
    }
    if (!scan.relation().fileFormat().supportBatch(scan.relation().sparkSession(), scan.schema())) {
      return Optional.of(
          "Spark's vectorized Parquet reader is off: spark.sql.parquet.enableVectorizedReader=false");
    }
    return BatchLayouts.unsupported(scan.schema());
  }

  /**
   * Makes the scan that reads into pool memory. Filters, partition pruning (also dynamic), buckets
   * and metrics are the given scan's.
   *
   * @param scan a scan for which {@link #unsupportedReason} is empty
   */
  public static SparkPlan replace(FileSourceScanExec scan) {
    KronosScanExec replaced =
        KronosScanExec.of(scan, withPoolFormat(scan.relation(), scan.conf()));
    replaced.copyTagsFrom(scan);
    return replaced;
  }

  /** Returns the most rows of a batch that a session asks for. */
  public static int batchRows(SQLConf conf) {
    return Integer.parseInt(
        conf.getConfString(BATCH_ROWS_KEY, Integer.toString(DEFAULT_BATCH_ROWS)).trim());
  }

  private static HadoopFsRelation withPoolFormat(HadoopFsRelation relation, SQLConf conf) {
    return new HadoopFsRelation(
        relation.location(),
        relation.partitionSchema(),
        relation.dataSchema(),
        relation.bucketSpec(),
        new KronosParquetFormat(batchRows(conf)),
        relation.options(),
        relation.sparkSession());
  }
}
