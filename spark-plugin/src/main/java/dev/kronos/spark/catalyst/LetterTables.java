// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.CaseTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Mask;
import org.apache.spark.sql.catalyst.util.CollationSupport;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Learns how Spark maps letters to upper and lower case, from Spark's own functions: by ICU's rules
 * or by Java's, as the session says. Thread-safe.
 */
final class LetterTables {
  static final Restriction LANGUAGE =
      new Restriction(
          "letters are mapped by the rules of a language",
          "the JVM's default locale is of a language whose letters depend on their neighbours");

  static final Restriction MASK =
      new Restriction(
          "mask is not supported",
          "a character is no constant or not of ASCII, or other characters are masked, too");

  private static final Map<List<String>, CaseTable> MASKS = new ConcurrentHashMap<>();
  private static final Set<String> LANGUAGES = Set.of("tr", "az", "lt", "el", "hy");
  private static final Map<Mapping, CaseTable> TABLES = new ConcurrentHashMap<>();

  private static final int ASCII = 0x80;

  private LetterTables() {}

  /** Lists Spark's mappings. */
  private enum Mapping {
    UPPER(CollationSupport.Upper::execBinary),
    UPPER_ICU(CollationSupport.Upper::execBinaryICU),
    LOWER(CollationSupport.Lower::execBinary),
    LOWER_ICU(CollationSupport.Lower::execBinaryICU),
    HEADS(CollationSupport.InitCap::execBinary),
    HEADS_ICU(CollationSupport.InitCap::execBinaryICU),
    OTHERS(CollationSupport.InitCap::execBinary),
    OTHERS_ICU(CollationSupport.InitCap::execBinaryICU);

    private final UnaryOperator<UTF8String> function;

    Mapping(UnaryOperator<UTF8String> function) {
      this.function = function;
    }

    private String apply(String text) {
      return function.apply(UTF8String.fromString(text)).toString();
    }

    /** Other characters of words are those behind one that has no case. */
    CaseTable learn() {
      return switch (this) {
        case HEADS, HEADS_ICU -> CaseTable.learnHeads(this::apply);
        case OTHERS, OTHERS_ICU -> CaseTable.learn(text -> apply("1" + text).substring(1));
        default -> CaseTable.learn(this::apply);
      };
    }
  }

  static CaseTable upper() {
    return table(byIcu() ? Mapping.UPPER_ICU : Mapping.UPPER);
  }

  static CaseTable lower() {
    return table(byIcu() ? Mapping.LOWER_ICU : Mapping.LOWER);
  }

  /** Returns what becomes of the characters that words start with. */
  static CaseTable heads() {
    return table(byIcu() ? Mapping.HEADS_ICU : Mapping.HEADS);
  }

  /** Returns what becomes of the other characters of words. */
  static CaseTable others() {
    return table(byIcu() ? Mapping.OTHERS_ICU : Mapping.OTHERS);
  }

  private static boolean byIcu() {
    return (Boolean) SQLConf.get().getConf(SQLConf.ICU_CASE_MAPPINGS_ENABLED());
  }

  /** Returns what a mask makes of upper and lower case letters and of digits. */
  static CaseTable mask(Mask mask) {
    String other = masking(mask.otherChar());
    List<String> masking =
        List.of(masking(mask.upperChar()), masking(mask.lowerChar()), masking(mask.digitChar()));
    if (!other.isEmpty()) {
      throw MASK.refusal("other=" + other);
    }
    return MASKS.computeIfAbsent(masking, LetterTables::masked);
  }

  private static CaseTable masked(List<String> masking) {
    UTF8String[] signs = masking.stream().map(LetterTables::sign).toArray(UTF8String[]::new);
    return CaseTable.learn(
        text ->
            Mask.transformInput(UTF8String.fromString(text), signs[0], signs[1], signs[2], null)
                .toString());
  }

  /** Returns nothing for what is not masked. */
  private static UTF8String sign(String masking) {
    return masking.isEmpty() ? null : UTF8String.fromString(masking);
  }

  private static String masking(Expression sign) {
    if (!(sign instanceof Literal literal)) {
      throw MASK.refusal("sign=" + sign);
    }
    String text = literal.value() == null ? "" : literal.value().toString();
    if (text.length() > 1 || text.codePoints().anyMatch(c -> c >= ASCII)) {
      throw MASK.refusal("sign=" + sign);
    }
    return text;
  }

  private static CaseTable table(Mapping mapping) {
    String language = Locale.getDefault().getLanguage();
    if (LANGUAGES.contains(language)) {
      throw LANGUAGE.refusal("language=" + language);
    }
    return TABLES.computeIfAbsent(mapping, Mapping::learn);
  }
}
