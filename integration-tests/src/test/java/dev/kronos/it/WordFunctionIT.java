// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares functions of words, lists and digits, and digests, with plain Spark. */
class WordFunctionIT extends SessionTest {
  private static final int AT_ONCE = 5;

  private static final List<String> FUNCTIONS =
      List.of(
          "initcap(a)",
          "initcap(concat_ws(' ', a, b, 'ὈΔΥΣΣΕΎΣ ǆ ßa éCOLE ΑΣ. ʰΣ', b))",
          "split_part(a, 'b', 1)",
          "split_part(concat(a, '--', b, '-'), '-', -2)",
          "split_part(a, b, nullif(length(b), 0))",
          "split(a, 'b')[0]",
          "split(concat(b, '|', a, '.|'), '\\\\|')[1]",
          "find_in_set(a, concat_ws(',', b, 'x', a))",
          "a LIKE ALL ('%a%b%', '_b%c%z')",
          "a NOT LIKE ALL ('%a_b%', 'a%c%x', null)",
          "a LIKE ANY ('%a%b%', 'a_', null)",
          "a NOT LIKE ANY ('%a%', '_s%f%', 'a%')",
          "a ILIKE ANY ('%Q%B%', '_S%T')",
          "soundex(a)",
          "soundex(b || a)",
          "levenshtein(a, b)",
          "levenshtein(a || b, b || a, 3)",
          "levenshtein(a, b, nullif(length(b), 1) - 1)",
          "hex(a)",
          "hex(length(a) - 3)",
          "bin(length(a) - 2)",
          "hex(cast(b AS binary))",
          "md5(a)",
          "sha1(a || b)",
          "sha2(a, 256)",
          "sha2(b, 384)",
          "sha2(a, 100)",
          "crc32(a)",
          "sha(b)",
          "length(sha2(repeat(a, 9), 0))",
          "CASE WHEN length(a) > 3 THEN initcap(b) ELSE md5(a) END");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTable() {
    String values =
        "(''), ('a'), ('ab'), ('abcdefghijklmnopqrstuvwxyz'), ('ä€😀'), (' b '), ('Ashcraft'),"
            + " ('a,b'), ('the QUICK brown  fox'), (cast(X'61FF80C3' AS string)), (null)";
    String sql = "SELECT l.v AS a, r.v AS b FROM VALUES %s AS l(v) CROSS JOIN VALUES %s AS r(v)";
    KronosSession.write(folder, "words", sql.formatted(values, values), 1);
  }

  static List<List<String>> functions() {
    return inParts(FUNCTIONS, AT_ONCE);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void projectsLikeSpark(List<String> functions) {
    assertSame("SELECT a, b, %s FROM words".formatted(String.join(", ", functions)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT initcap(a) AS g, count(*) FROM words GROUP BY 1",
        "SELECT a, b FROM words WHERE levenshtein(a, b) < 4 AND crc32(a) > 5"
      })
  void answersLikeSpark(String sql) {
    assertSame(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"split_part(a, b, length(a))", "split_part(a, 'x', 0)", "split(a, 'b')[2]"})
  void failsLikeSpark(String function) {
    assertSameError("SELECT %s FROM words".formatted(function));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha2(a, length(b))", "split(a, '[bc]')[0]", "length(unhex(a))"})
  void staysWithSpark(String function) {
    assertSameWithFallback("SELECT a, %s AS r FROM words WHERE length(a) > 0".formatted(function));
  }
}
