// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares powers, roots and angles with plain Spark, over numbers of many sizes. */
class PowerFunctionIT extends SessionTest {
  @TempDir static Path folder;

  @BeforeAll
  static void writeTable() {
    String edges =
        "('0.0'), ('-0.0'), ('1'), ('-1'), ('2'), ('-2'), ('3'), ('-3'), ('0.5'), ('-0.5'),"
            + " ('0.1'), ('1e-8'), ('-1e-20'), ('710'), ('-710'), ('9007199254740993'), ('1e300'),"
            + " ('1.7976931348623157E308'), ('Infinity'), ('-Infinity'), ('NaN'), (null)";
    String sql =
        """
        SELECT cast(l.v AS double) AS a, cast(r.v AS double) AS b FROM VALUES %1$s AS l(v)
          CROSS JOIN VALUES %1$s AS r(v)
        UNION ALL SELECT hash(id) / 4e8, xxhash64(id) / 4e17 FROM range(3000)
        UNION ALL SELECT abs(hash(id)) / 4e7, xxhash64(id) / 3e17 FROM range(3000)
        UNION ALL SELECT hash(id) / 2147483649.0, xxhash64(id) / 1e13 FROM range(3000)\
        """
            .formatted(edges);
    KronosSession.write(folder, "powers", sql, 1);
  }

  private static void check(String functions) {
    String sql = "SELECT a, b, %s FROM powers".formatted(functions);
    KronosSession.under(Map.of("spark.sql.ansi.enabled", "false"), () -> assertSame(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pow(a, b), power(a, 3), pow(2, a)",
        "pow(b, 0.5), pow(a, cast(b AS int)), pow(a, -2.5)",
        "expm1(a), log1p(a), log1p(b), cosh(a)",
        "width_bucket(a, b, 3.5, 10), width_bucket(1, a, b, 7), width_bucket(b, 9, a, cast(a AS"
            + " int))",
        "asin(a), acos(a), atan(a), atan(b), atan2(a, b)"
      })
  void projectsLikeSpark(String functions) {
    check(functions);
  }

  @ParameterizedTest
  @EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "the processor's in later versions")
  @ValueSource(strings = {"cbrt(a), cbrt(b), sinh(a), tanh(a), tanh(b)"})
  void projectsLikeSparkBeforeJava24(String functions) {
    check(functions);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sin(a)", "tan(b)", "cot(a)"})
  void staysWithSpark(String function) {
    assertSameWithFallback("SELECT a, %s AS r FROM powers".formatted(function));
  }
}
