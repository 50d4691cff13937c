// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the queries with those that Spark tests itself with. */
class TpchQueryTest {
  private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
  private static final Pattern TOKEN = Pattern.compile("'[^']*'|\\w+|\\S");

  @ParameterizedTest
  @EnumSource(TpchQuery.class)
  void saysWhatSparkSays(TpchQuery query) throws IOException {
    assertThat(tokens(query.sql())).isEqualTo(tokens(sparks(query)));
  }

  @Test
  void tokensTellTextsApart() {
    assertThat(tokens("SELECT  a\n-- not b\n")).isEqualTo(List.of("select", "a"));
    assertThat(tokens("x < 0.06")).isNotEqualTo(tokens("x < .06"));
    assertThat(tokens("'ASIA'")).isNotEqualTo(tokens("'asia'"));
    assertThat(tokens("'a b'")).isNotEqualTo(tokens("'ab'"));
  }

  /** Splits SQL into words, numbers, strings and signs; only within strings does case matter. */
  private static List<String> tokens(String sql) {
    return TOKEN
        .matcher(COMMENT.matcher(sql).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .map(token -> token.startsWith("'") ? token : token.toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String sparks(TpchQuery query) throws IOException {
    String resource = "/tpch/" + query.name().toLowerCase(Locale.ROOT) + ".sql";
    try (InputStream in = TpchQueryTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
