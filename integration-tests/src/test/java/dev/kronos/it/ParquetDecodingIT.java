// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kronos.spark.KronosExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads files of every kind with pages decoded on the device and compares with plain Spark. */
class ParquetDecodingIT extends SessionTest {
  private static final Map<String, String> DECODING =
      Map.of(
          "spark.kronos.sql.parquet.deviceDecoding", "true",
          "spark.kronos.sql.parquet.deviceDecompression", "all",
          "spark.kronos.sql.batchRows", "1000");
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
          + " concat('\u00e4\u20ac', repeat('x', cast(id % 70 as int)), id) as u,"
          + " if(id % 13 = 1, null, unhex(hex(id % 300))) as y,"
          + " unhex(hex(id * 7919)) as z,"
          + " cast(null as string) as allnull,"
          + " 'constant' as same"
          + " from range(0, 5000, 1, 1)";

  @TempDir static Path folder;

  private static String write(String name, Map<String, String> options) {
    String path = folder.resolve(name).toString();
    KronosSession.under(
        // Spark's default is a type of 96 bits, which Spark itself decodes.
        Map.of(
            "spark.kronos.sql.enabled", "false",
            "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
        () -> KronosSession.spark().sql(ALL_TYPES).write().options(options).parquet(path));
    return "select * from parquet.`" + path + "` where id >= 0";
  }

  /** Kernels are made when they are first used, so that new ones prove that pages are decoded. */
  @BeforeAll
  static void kernelsOfDecodingRun() {
    String sql = write("first", Map.of());
    KronosSession.onDevice(sql);
    long before = KronosExecutor.current().kernels().created();
    Map<String, String> byTheProcessor = new HashMap<>(DECODING);
    byTheProcessor.put("spark.kronos.sql.parquet.deviceDecompression", "none");
    KronosSession.with(byTheProcessor, () -> KronosSession.onDevice(sql));
    long decoding = KronosExecutor.current().kernels().created();
    assertThat(decoding).isGreaterThan(before + 5);
    KronosSession.with(DECODING, () -> KronosSession.onDevice(sql));
    assertThat(KronosExecutor.current().kernels().created()).isGreaterThanOrEqualTo(decoding + 2);
  }

  private static void assertSameDecoded(String sql) {
    for (String onDevice : List.of("all", "numbers")) {
      Map<String, String> decoding = new HashMap<>(DECODING);
      decoding.put("spark.kronos.sql.parquet.deviceDecompression", onDevice);
      KronosSession.under(decoding, () -> assertSame(sql));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, true, 1048576, snappy",
    "PARQUET_1_0, true, 300, gzip",
    "PARQUET_1_0, false, 1000, none",
    "PARQUET_2_0, true, 700, zstd",
    "PARQUET_2_0, false, 700, snappy",
    "PARQUET_2_0, true, 700, snappy",
    "PARQUET_1_0, true, 500, snappy",
    "PARQUET_1_0, false, 2500, snappy",
  })
  void everyTypeInEveryPage(String version, String dictionary, String pageBytes, String codec) {
    String sql =
        write(
            String.join("-", version, dictionary, pageBytes, codec),
            Map.of(
                "parquet.writer.version", version,
                "parquet.enable.dictionary", dictionary,
                "parquet.page.size", pageBytes,
                "parquet.page.row.count.limit", "333",
                "parquet.dictionary.page.size", "4096",
                "parquet.block.size", "200000",
                "compression", codec));
    assertSameDecoded(sql);
  }

  /** A scan whose rows Spark itself takes: values are brought back. */
  @Test
  void sparkReadsDecodedRows() {
    String path = folder.resolve("rows").toString();
    write("rows", Map.of());
    KronosSession.under(
        DECODING,
        () -> {
          assertSameWithFallback("select * from parquet.`" + path + "`");
          assertSameWithFallback("select count(*), max(u) from parquet.`" + path + "`");
          assertSameWithFallback("select id, u from parquet.`" + path + "` limit 7");
        });
  }

  /** Damage that only the device finds fails the task, and is found in time to ignore a file. */
  @Test
  void damagedPages() throws IOException {
    String path = folder.resolve("damaged").toString();
    KronosSession.under(
        Map.of("spark.kronos.sql.enabled", "false"),
        () ->
            KronosSession.spark()
                .sql("select id * 1000003 as x from range(0, 5000, 1, 1)")
                .write()
                .options(Map.of("parquet.enable.dictionary", "false", "parquet.page.size", "2000"))
                .parquet(path));
    try (Stream<Path> files = Files.list(Path.of(path))) {
      damage(files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
    String sql = "select x from parquet.`" + path + "` where x >= 0";
    KronosSession.under(
        DECODING,
        () -> {
          assertThat(catchThrowable(() -> KronosSession.onCpu(sql))).isNotNull();
          assertThat(catchThrowable(() -> KronosSession.onDevice(sql)))
              .hasStackTraceContaining("KronosException$InvalidArgument: compressed page")
              .hasStackTraceContaining("column=0, compressedPage=0");
        });
    Map<String, String> ignoring = new HashMap<>(DECODING);
    ignoring.put("spark.sql.files.ignoreCorruptFiles", "true");
    KronosSession.under(ignoring, () -> assertSame(sql));
  }

  /** Makes copies from far before the page's start of what the first page has in its middle. */
  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 500, 600, (byte) 0xFF);
    Files.write(file, bytes);
    // Hadoop's file systems would find that the sums are others.
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }
}
