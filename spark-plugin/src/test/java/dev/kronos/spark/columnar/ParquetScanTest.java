// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.memory.MemoryPools;
import dev.kronos.operator.parquet.DeviceDecompression;
import dev.kronos.spark.conf.DeviceDecoding;
import dev.kronos.spark.conf.KronosConf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads Parquet through pool memory and compares every row with plain Spark. */
class ParquetScanTest {
  private static final String ALL_TYPES =
      "select id,"
          + " if(id % 7 = 0, null, id % 2 = 0) as b,"
          + " if(id % 11 = 3, null, cast(id % 100 - 50 as tinyint)) as i8,"
          + " if(id % 11 = 4, null, cast(id % 1000 - 500 as smallint)) as i16,"
          + " if(id % 11 = 5, null, cast(id % 37 as int)) as i32,"
          + " if(id % 11 = 6, null, id * 1000003) as i64,"
          + " if(id % 11 = 7, null, cast(id % 64 as float) / 8) as f32,"
          + " if(id % 11 = 8, null, cast(id as double) / 7) as f64,"
          + " date_add(date'2020-01-01', cast(id % 900 as int)) as d,"
          + " timestamp_micros(id * 1234567) as ts,"
          + " cast(timestamp_micros(id % 50) as timestamp_ntz) as tn,"
          + " if(id % 5 = 0, null, cast(id % 100 as decimal(9,2))) as d9,"
          + " cast(id * 100 as decimal(15,2)) as d15,"
          + " if(id % 5 = 1, null, cast(id - 5000 as decimal(25,3))) as d25,"
          + " cast(id % 40 as decimal(38,10)) - 20 as d38,"
          + " if(id % 13 = 0, null, concat('name ', id % 30)) as s,"
          + " concat('\u00e4\u20ac', id) as u,"
          + " cast(null as string) as allnull,"
          + " 'constant' as same"
          + " from range(0, 5000, 1, 3)";

  private static SparkSession spark;
  private static MemoryPools pools;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    pools = PlainMemory.pools();
    ExecutorMemory.install(pools);
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.sql.extensions", PoolScanRule.class.getName())
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.log.level", "ERROR")
            .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    ExecutorMemory.uninstall();
    PlainMemory.closeEmpty(pools);
  }

  @BeforeEach
  void forget() {
    PoolScanRule.REASONS.clear();
    PoolScanRule.REPLACED.clear();
    DescribingExec.POOL_COLUMNS.set(0);
    spark.conf().set(KronosConf.SQL_BATCH_ROWS.key(), "1000");
  }

  @AfterEach
  void nothingIsHeld() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (pools.outstandingBuffers() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(pools.outstanding()).isEmpty();
  }

  private static List<Row> collect(boolean pool, Supplier<Dataset<Row>> query) {
    spark.conf().set(PoolScanRule.ENABLED, Boolean.toString(pool));
    try {
      return query.get().collectAsList();
    } finally {
      spark.conf().unset(PoolScanRule.ENABLED);
    }
  }

  private static List<Row> same(Supplier<Dataset<Row>> query) {
    List<Row> expected = collect(false, query);
    assertThat(collect(true, query)).isEqualTo(expected);
    return expected;
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @ParameterizedTest
  @CsvSource({"true, 1, 1000", "false, 1, 1000", "true, 2, 100000", "false, 2, 1"})
  void allTypes(String dictionary, String version, String batchRows) {
    spark
        .sql(ALL_TYPES)
        .limit("1".equals(batchRows) ? 100 : 5_000)
        .coalesce(2)
        .write()
        .option("parquet.enable.dictionary", dictionary)
        .option("parquet.writer.version", "v" + version)
        .option("parquet.block.size", 20_000)
        .option("parquet.page.size", 5_000)
        .parquet(path("all"));
    spark.conf().set(KronosConf.SQL_BATCH_ROWS.key(), batchRows);
    same(() -> spark.read().parquet(path("all")).orderBy("id"));
    assertThat(PoolScanRule.REPLACED)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("KronosScan parquet");
    assertThat(DescribingExec.POOL_COLUMNS.get()).isPositive();
  }

  @Test
  void dictionaryThatOverflowsHalfWay() {
    spark
        .sql(
            "select id, concat('key ', if(id < 3000, id % 10, id)) as s,"
                + " if(id % 9 = 0, null, if(id < 3000, id % 10, id * 77)) as n,"
                + " cast(if(id < 3000, id % 10, id * 77) as decimal(30,5)) as d from range(6000)")
        .coalesce(1)
        .write()
        .option("parquet.dictionary.page.size", 8_000)
        .option("parquet.page.size", 4_000)
        .parquet(path("mixed"));
    for (String rows : List.of("500", "4096", "1048576")) {
      spark.conf().set(KronosConf.SQL_BATCH_ROWS.key(), rows);
      same(() -> spark.read().parquet(path("mixed")).orderBy("id"));
    }
  }

  @Test
  void legacyDecimalsAndTimestamps() {
    spark.conf().set("spark.sql.parquet.writeLegacyFormat", "true");
    spark.conf().set("spark.sql.parquet.outputTimestampType", "INT96");
    try {
      spark.sql(ALL_TYPES).drop("tn").coalesce(1).write().parquet(path("legacy"));
    } finally {
      spark.conf().unset("spark.sql.parquet.writeLegacyFormat");
      spark.conf().unset("spark.sql.parquet.outputTimestampType");
    }
    same(() -> spark.read().parquet(path("legacy")).orderBy("id"));
  }

  @Test
  void emptyFile() {
    spark.sql(ALL_TYPES).where("id < 0").coalesce(1).write().parquet(path("empty"));
    assertThat(same(() -> spark.read().parquet(path("empty")))).isEmpty();
    assertThat(same(() -> spark.read().parquet(path("empty")).groupBy().count())).hasSize(1);
  }

  @Test
  void predicatesArePushedDown() {
    spark
        .sql(ALL_TYPES)
        .coalesce(1)
        .write()
        .option("parquet.block.size", 20_000)
        .parquet(path("pushed"));
    Supplier<Dataset<Row>> query =
        () -> spark.read().parquet(path("pushed")).where("id between 3000 and 3020").orderBy("id");
    assertThat(same(query)).hasSize(21);
    assertThat(PoolScanRule.REPLACED.get(0)).contains("GreaterThanOrEqual(id,3000)");
  }

  @Test
  void partitionColumns() {
    spark
        .sql(
            "select id, id % 3 as p, if(id % 4 = 0, null, concat('part ', id % 4)) as q,"
                + " date_add(date'2024-02-28', cast(id % 2 as int)) as r from range(500)")
        .write()
        .partitionBy("p", "q", "r")
        .parquet(path("partitioned"));
    same(() -> spark.read().parquet(path("partitioned")).orderBy("id"));
    same(() -> spark.read().parquet(path("partitioned")).where("p = 1").orderBy("id"));
    same(() -> spark.read().parquet(path("partitioned")).select("p", "q").orderBy("p", "q"));
  }

  @Test
  void metadataColumns() {
    spark.sql(ALL_TYPES).coalesce(1).write().parquet(path("metadata"));
    same(
        () ->
            spark
                .read()
                .parquet(path("metadata"))
                .selectExpr(
                    "id", "_metadata.file_name", "_metadata.row_index", "_metadata.file_size")
                .orderBy("id"));
  }

  @Test
  void columnsAddedLaterHaveTheirDefaults() {
    spark.sql("drop table if exists grown");
    spark.sql("create table grown (a int) using parquet");
    try {
      spark.sql("insert into grown select cast(id as int) from range(3000)");
      spark.sql(
          "alter table grown add columns (n bigint default 42, s string default 'added',"
              + " w decimal(30,2) default 1.25, t boolean default true, missing date)");
      spark.sql("insert into grown values (-1, 1, 'own', 2.5, false, date'2020-02-02')");
      same(() -> spark.table("grown").orderBy("a"));
      same(() -> spark.table("grown").groupBy("s").count().orderBy("s"));
    } finally {
      spark.sql("drop table grown");
    }
  }

  @Test
  void buckets() {
    spark.sql("drop table if exists buckets");
    spark.sql(ALL_TYPES).write().bucketBy(4, "i64").sortBy("i64").saveAsTable("buckets");
    try {
      same(
          () ->
              spark.sql(
                  "select a.id, b.s from buckets a join buckets b on a.i64 = b.i64 order by 1"));
    } finally {
      spark.sql("drop table buckets");
    }
  }

  @Test
  void stopsEarlyWithoutLeaks() {
    spark.sql(ALL_TYPES).repartition(4).write().parquet(path("limited"));
    assertThat(collect(true, () -> spark.read().parquet(path("limited")).limit(5))).hasSize(5);
    Supplier<Dataset<Row>> failing =
        () ->
            spark.read().parquet(path("limited")).selectExpr("if(id = 3500, raise_error('x'), id)");
    assertThatThrownBy(() -> collect(true, failing)).hasMessageContaining("x");
  }

  @Test
  void rowsOfRangesAndTables() {
    same(() -> spark.sql(ALL_TYPES + " order by id"));
    same(() -> spark.range(0).toDF());
    same(() -> spark.sql("select * from values (1, 'a', 1.5), (2, null, 2.5) as t(x, y, z)"));
  }

  @Test
  void whatCannotBeReadStaysWithItsReason() {
    spark.sql("select id, array(id) as list from range(10)").write().parquet(path("nested"));
    same(() -> spark.read().parquet(path("nested")).orderBy("id"));
    assertThat(PoolScanRule.REASONS).anyMatch(reason -> reason.contains("column=list"));
    PoolScanRule.REASONS.clear();
    spark.conf().set("spark.sql.parquet.enableVectorizedReader", "false");
    try {
      same(() -> spark.read().parquet(path("nested")).select("id").orderBy("id"));
    } finally {
      spark.conf().unset("spark.sql.parquet.enableVectorizedReader");
    }
    assertThat(PoolScanRule.REASONS).anyMatch(reason -> reason.contains("enableVectorizedReader"));
  }

  @ParameterizedTest
  @CsvSource({"spark.sql.codegen.wholeStage, false", "spark.sql.codegen.maxFields, 3"})
  void batchesAlsoWhereSparkReadsRows(String key, String value) {
    spark.sql(ALL_TYPES).coalesce(1).write().parquet(path("rows"));
    spark.conf().set(key, value);
    try {
      same(() -> spark.read().parquet(path("rows")).orderBy("id"));
    } finally {
      spark.conf().unset(key);
    }
    assertThat(PoolScanRule.REPLACED).hasSize(1);
    assertThat(DescribingExec.POOL_COLUMNS.get()).isPositive();
  }

  @Test
  void withoutMemorySparkReadsAsEver() {
    spark.sql(ALL_TYPES).coalesce(1).write().parquet(path("plain"));
    KronosParquetFormat format = format(1000);
    assertThat(format).isEqualTo(format(1000)).hasSameHashCodeAs(format(1000));
    assertThat(format)
        .isNotEqualTo(format(7))
        .isNotEqualTo(new org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat());
  }

  private static KronosParquetFormat format(int batchRows) {
    return new KronosParquetFormat(
        new ScanSettings(batchRows, DeviceDecoding.FALSE, DeviceDecompression.NONE));
  }
}
