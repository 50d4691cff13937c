// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.spark.catalyst.Restriction;
import dev.kronos.spark.conf.ConfEntry;
import dev.kronos.spark.conf.DeviceDecoding;
import dev.kronos.spark.conf.KronosConf;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.FileSourceOptions;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;

/** Replaces Spark's scans of Parquet files by scans into pool memory. Stateless. */
public final class ParquetScan {
  private static final Restriction OTHER_FORMAT = Restriction.of("file format is not Parquet");
  private static final Restriction ROW_READER =
      Restriction.of("Spark's vectorized Parquet reader is off");

  /** What keeps a scan on the CPU. */
  public static final List<Restriction> RESTRICTIONS =
      List.of(OTHER_FORMAT, ROW_READER, BatchLayouts.COLUMN_TYPE);

  private ParquetScan() {}

  /** Returns why a scan must stay as it is, or empty when it can be replaced. */
  public static Optional<String> unsupportedReason(FileSourceScanExec scan) {
    Object format = scan.relation().fileFormat();
    if (format.getClass() != ParquetFileFormat.class) {
      return Optional.of(OTHER_FORMAT.about("format=" + format));
    }
    if (!scan.relation().fileFormat().supportBatch(scan.relation().sparkSession(), scan.schema())) {
      return Optional.of(ROW_READER.about("spark.sql.parquet.enableVectorizedReader=false"));
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
    KronosScanExec replaced = KronosScanExec.of(scan, withPoolFormat(scan.relation(), scan.conf()));
    replaced.copyTagsFrom(scan);
    return replaced;
  }

  /**
   * Returns the most rows of a batch that a session asks for.
   *
   * @throws dev.kronos.KronosException.InvalidArgument when the setting is wrong
   */
  public static int batchRows(SQLConf conf) {
    return value(conf, KronosConf.SQL_BATCH_ROWS);
  }

  private static ScanSettings settings(HadoopFsRelation relation, SQLConf conf) {
    // What the device finds wrong with a page is known when its rows have been given already: too
    // late to leave them out.
    boolean leavesOut = new FileSourceOptions(relation.options()).ignoreCorruptFiles();
    return new ScanSettings(
        batchRows(conf),
        leavesOut ? DeviceDecoding.FALSE : value(conf, KronosConf.SQL_PARQUET_DEVICE_DECODING),
        value(conf, KronosConf.SQL_PARQUET_DEVICE_DECOMPRESSION));
  }

  private static <T> T value(SQLConf conf, ConfEntry<T> entry) {
    return entry.parse(conf.getConfString(entry.key(), entry.defaultText()));
  }

  private static HadoopFsRelation withPoolFormat(HadoopFsRelation relation, SQLConf conf) {
    return new HadoopFsRelation(
        relation.location(),
        relation.partitionSchema(),
        relation.dataSchema(),
        relation.bucketSpec(),
        new KronosParquetFormat(settings(relation, conf)),
        relation.options(),
        relation.sparkSession());
  }
}
