// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.plans.PlanReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends rows through each of Spark's shuffle codecs, which hold for the life of a session. */
class ShuffleCodecIT extends SessionTest {
  private static final String COMPRESS = "spark.shuffle.compress";
  private static final String CODEC = "spark.io.compression.codec";
  private static final String ENCRYPTION = "spark.io.encryption.enabled";

  /** Nothing is broadcast, and grouping does not shrink what is exchanged. */
  private static final Map<String, String> EXCHANGED =
      Map.of("spark.kronos.sql.strict", "true", "spark.sql.autoBroadcastJoinThreshold", "-1");

  private static final List<String> QUERIES =
      List.of(
          "SELECT e.id, e.s, e.d, f.v FROM events e JOIN facts f ON e.k = f.k",
          "SELECT s, k % 3, count(*), sum(d), max(id) FROM events GROUP BY s, k % 3");

  @TempDir static Path folder;
  private static List<Answer> expected;
  private static long plainBytes;

  /** Answers with plain Spark, and notes what is written where nothing is compressed. */
  @BeforeAll
  static void withoutCodec() {
    KronosSession.restart(Map.of(COMPRESS, "false"));
    KronosSession.write(
        folder,
        "events",
        "SELECT id * 7919 % 4001 AS k, concat('näme ', nullif(id, 7) * 31 % 3001) AS s,"
            + " cast(id % 997 AS decimal(12,2)) AS d, id FROM range(9000)",
        4);
    KronosSession.write(
        folder,
        "facts",
        "SELECT id * 104729 % 3001 AS k, concat('v', id) AS v FROM range(5000)",
        4);
    expected = QUERIES.stream().map(KronosSession::onCpu).toList();
    plainBytes = writtenBytes();
  }

  @AfterAll
  static void asOthersExpectIt() {
    KronosSession.restart(Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "zstd", "snappy", "lzf"})
  void rowsComeBackThrough(String codec) {
    restart(Map.of(CODEC, codec));
    assertThat(writtenBytes()).as("bytes through %s", codec).isBetween(1L, plainBytes - 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsComeBackEncrypted(boolean compressed) {
    restart(Map.of(ENCRYPTION, "true", COMPRESS, Boolean.toString(compressed)));
    assertThat(writtenBytes()).as("bytes").isPositive();
  }

  private static void restart(Map<String, String> settings) {
    KronosSession.restart(settings);
    for (String table : List.of("events", "facts")) {
      String path = folder.resolve(table).toString();
      KronosSession.spark().read().parquet(path).createOrReplaceTempView(table);
    }
  }

  /** Asserts that all answers are right, and returns how many bytes were exchanged for them. */
  private static long writtenBytes() {
    return KronosSession.with(
        EXCHANGED, () -> QUERIES.stream().mapToLong(ShuffleCodecIT::writtenBytes).sum());
  }

  private static long writtenBytes(String sql) {
    Dataset<Row> query = KronosSession.spark().sql(sql);
    Answer actual = Answer.of(query);
    assertThat(AnswerComparator.differenceInAnyOrder(expected.get(QUERIES.indexOf(sql)), actual))
        .as(sql)
        .isEmpty();
    SparkPlan plan = PlanReport.executed(query);
    assertThat(PlanReport.kronosNodes(plan)).as("nodes").contains("KronosShuffleExchange");
    return PlanReport.total(plan, "shuffleBytesWritten");
  }
}
