// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.DigestFunction;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.ScalarFunction;
import dev.kronos.expression.Utf8;
import dev.kronos.expression.WordFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Bin;
import org.apache.spark.sql.catalyst.expressions.Crc32;
import org.apache.spark.sql.catalyst.expressions.ElementAt;
import org.apache.spark.sql.catalyst.expressions.FindInSet;
import org.apache.spark.sql.catalyst.expressions.GetArrayItem;
import org.apache.spark.sql.catalyst.expressions.Hex;
import org.apache.spark.sql.catalyst.expressions.InitCap;
import org.apache.spark.sql.catalyst.expressions.Levenshtein;
import org.apache.spark.sql.catalyst.expressions.Md5;
import org.apache.spark.sql.catalyst.expressions.Sha1;
import org.apache.spark.sql.catalyst.expressions.Sha2;
import org.apache.spark.sql.catalyst.expressions.SoundEx;
import org.apache.spark.sql.catalyst.expressions.StringSplit;
import org.apache.spark.sql.catalyst.expressions.StringSplitSQL;
import org.apache.spark.sql.types.DataTypes;

/** Translates functions of words and digits, and digests. */
final class WordRules {
  static final Restriction ARRAY =
      new Restriction("array is not supported", "it is not that of split_part");
  static final Restriction ITEM =
      new Restriction(
          "item of an array is not supported", "it is not one of split by a constant text");
  static final Restriction BITS =
      new Restriction("size of the digest is not supported", "it is not a constant");

  /** SHA-2 by its bits; 0 is that of 256. */
  private static final Map<Integer, DigestFunction> SHA2 =
      Map.of(
          0, DigestFunction.SHA256,
          224, DigestFunction.SHA224,
          256, DigestFunction.SHA256,
          384, DigestFunction.SHA384,
          512, DigestFunction.SHA512);

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              InitCap.class,
              Coverage.of("initcap(a)", TypeSet.STRINGS, LetterTables.LANGUAGE),
              (e, t) -> LetterTables.heads().mapWords(t.require(e.child()), LetterTables.others())),
          new ExpressionRule<>(
              ElementAt.class,
              Coverage.of("split_part(a, b, c)", TypeSet.STRINGS, ARRAY),
              WordRules::splitPart),
          new ExpressionRule<>(
              GetArrayItem.class,
              Coverage.of("split(a, ',')[b]", TypeSet.STRINGS, ITEM),
              WordRules::splitItem),
          call(FindInSet.class, "find_in_set(a, b)", TypeSet.STRINGS, WordFunction.FIND_IN_SET),
          call(SoundEx.class, "soundex(a)", TypeSet.STRINGS, WordFunction.SOUNDEX),
          new ExpressionRule<>(
              Levenshtein.class,
              Coverage.of("levenshtein(a, b, c)", TypeSet.STRINGS),
              WordRules::levenshtein),
          new ExpressionRule<>(
              Hex.class, Coverage.of("hex(a)", TypeSet.BIGINT_AND_BYTES), WordRules::hex),
          call(Bin.class, "bin(a)", TypeSet.BIGINT, WordFunction.BIN),
          call(Md5.class, "md5(a)", TypeSet.BYTES, DigestFunction.MD5),
          call(Sha1.class, "sha1(a)", TypeSet.BYTES, DigestFunction.SHA1),
          new ExpressionRule<>(
              Sha2.class, Coverage.of("sha2(a, 256)", TypeSet.BYTES, BITS), WordRules::sha2),
          call(Crc32.class, "crc32(a)", TypeSet.BYTES, DigestFunction.CRC32));

  private WordRules() {}

  private static <E extends org.apache.spark.sql.catalyst.expressions.Expression>
      ExpressionRule<E> call(Class<E> sparkClass, String sql, TypeSet types, ScalarFunction to) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, types),
        (e, t) -> Call.of(to, operands(e, t).toArray(Expression[]::new)));
  }

  private static List<Expression> operands(
      org.apache.spark.sql.catalyst.expressions.Expression e, ExpressionTranslator t) {
    List<Expression> list = new ArrayList<>();
    for (org.apache.spark.sql.catalyst.expressions.Expression child :
        ScalaCollections.<org.apache.spark.sql.catalyst.expressions.Expression>list(e.children())) {
      list.add(t.require(child));
    }
    return list;
  }

  /** Spark makes an array of all parts, of which it takes one, or the empty string. */
  private static Expression splitPart(ElementAt e, ExpressionTranslator t) {
    boolean isPart =
        ScalaCollections.optional(e.defaultValueOutOfBound())
            .filter(other -> other.value() != null && other.value().toString().isEmpty())
            .isPresent();
    if (!(isPart && e.left() instanceof StringSplitSQL split)) {
      throw ARRAY.refusal("array=" + e.left());
    }
    return Call.of(
        WordFunction.SPLIT_PART,
        t.require(split.str()),
        t.require(split.delimiter()),
        t.require(e.right()));
  }

  /** A regular expression that is a text, of which signs may be escaped. */
  private static Expression splitItem(GetArrayItem e, ExpressionTranslator t) {
    if (!(e.child() instanceof StringSplit split)
        || !(split.regex() instanceof org.apache.spark.sql.catalyst.expressions.Literal regex)
        || !(split.limit() instanceof org.apache.spark.sql.catalyst.expressions.Literal limit)
        || regex.value() == null
        || !Integer.valueOf(-1).equals(limit.value())
        || !e.ordinal().dataType().equals(DataTypes.IntegerType)) {
      throw ITEM.refusal("array=" + e.child());
    }
    String text =
        StringRules.literal(regex.value().toString())
            .filter(part -> !part.isEmpty())
            .orElseThrow(() -> ITEM.refusal("regex=" + regex));
    return new Call(
        WordFunction.SPLIT_ITEM,
        List.of(
            t.require(split.str()),
            new Literal(DataType.STRING, Utf8.of(text)),
            t.require(e.ordinal())),
        ErrorModes.failing(e.failOnError()));
  }

  private static Expression levenshtein(Levenshtein e, ExpressionTranslator t) {
    List<Expression> all = operands(e, t);
    Expression distance = Call.of(WordFunction.LEVENSHTEIN, all.get(0), all.get(1));
    if (all.size() == 2) {
      return distance;
    }
    Expression above = new Comparison(Comparison.Operator.GT, distance, all.get(2));
    Literal far = new Literal(DataType.INT32, -1);
    Literal none = Literal.ofNull(DataType.INT32);
    CaseWhen bounded = new CaseWhen(List.of(new CaseWhen.Branch(above, far)), distance);
    return all.get(2).nullable()
        ? new CaseWhen(List.of(new CaseWhen.Branch(new IsNull(all.get(2)), none)), bounded)
        : bounded;
  }

  private static Expression hex(Hex e, ExpressionTranslator t) {
    Expression value = operands(e, t).get(0);
    return Call.of(value.type().isIntegral() ? WordFunction.HEX : WordFunction.HEX_BYTES, value);
  }

  private static Expression sha2(Sha2 e, ExpressionTranslator t) {
    Expression text = operands(e, t).get(0);
    if (!(e.right() instanceof org.apache.spark.sql.catalyst.expressions.Literal bits
        && bits.value() instanceof Integer size)) {
      throw BITS.refusal("bits=" + e.right());
    }
    return SHA2.containsKey(size) ? Call.of(SHA2.get(size), text) : Literal.ofNull(DataType.STRING);
  }
}
