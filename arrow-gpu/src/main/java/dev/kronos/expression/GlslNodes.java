// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.Map;
import java.util.function.Function;

/** Chooses the writer of each kind of expression. */
final class GlslNodes {
  private final Map<Class<? extends Expression>, Function<Expression, GlslValue>> writers;

  GlslNodes(GlslEmitter out) {
    GlslOperands operands = new GlslOperands(out);
    GlslLeaves leaves = new GlslLeaves(out);
    GlslLogic logic = new GlslLogic(out, operands);
    GlslChoice choice = new GlslChoice(out);
    GlslComparisons comparisons = new GlslComparisons(out, operands);
    GlslArithmetic arithmetic = new GlslArithmetic(out, operands);
    GlslSigns signs = new GlslSigns(out, operands);
    GlslBits bits = new GlslBits(out, operands);
    GlslMath math = new GlslMath(out, operands);
    GlslHashes hashes = new GlslHashes(out, operands);
    GlslCasts casts = new GlslCasts(out, operands);
    GlslStrings strings = new GlslStrings(out, operands);
    GlslText text = new GlslText(out, operands);
    GlslDates dates = new GlslDates(out, operands);
    GlslTables tables = new GlslTables(out);
    writers =
        Map.ofEntries(
            writer(ColumnReference.class, leaves::column),
            writer(Literal.class, leaves::literal),
            writer(Arithmetic.class, arithmetic::write),
            writer(Negate.class, signs::negate),
            writer(Absolute.class, signs::absolute),
            writer(NormalizeFloat.class, signs::normalize),
            writer(Bitwise.class, bits::combine),
            writer(BitwiseNot.class, bits::not),
            writer(Shift.class, bits::shift),
            writer(FloatDivide.class, math::divide),
            writer(FloatMath.class, math::apply),
            writer(Murmur3.class, hashes::murmur3),
            writer(XxHash64.class, hashes::xxhash64),
            writer(Bucket.class, hashes::bucket),
            writer(Comparison.class, comparisons::write),
            writer(In.class, new GlslMembership(out)::write),
            writer(And.class, logic::and),
            writer(Or.class, logic::or),
            writer(Not.class, logic::not),
            writer(IsNull.class, logic::isNull),
            writer(IsNotNull.class, logic::isNotNull),
            writer(CaseWhen.class, choice::caseWhen),
            writer(Coalesce.class, choice::coalesce),
            writer(Extreme.class, choice::extreme),
            writer(Cast.class, casts::cast),
            writer(StringMatch.class, strings::match),
            writer(Like.class, strings::like),
            writer(StringSize.class, strings::size),
            writer(Substring.class, strings::substring),
            writer(Trim.class, strings::trim),
            writer(TextCall.class, text::call),
            writer(Concat.class, text::concat),
            writer(DatePart.class, dates::part),
            writer(DateShift.class, dates::shift),
            writer(DateRound.class, dates::round),
            writer(Call.class, new GlslCalls(out, operands)::write),
            writer(TableLookup.class, tables::lookup),
            writer(TableColumn.class, tables::column),
            writer(RoundNumber.class, new GlslRounding(out, operands)::write),
            writer(UnscaledValue.class, casts::unscaled),
            writer(MakeDecimal.class, casts::makeDecimal));
  }

  private static <T extends Expression>
      Map.Entry<Class<? extends Expression>, Function<Expression, GlslValue>> writer(
          Class<T> node, Function<T, GlslValue> function) {
    return Map.entry(node, e -> function.apply(node.cast(e)));
  }

  GlslValue write(Expression e) {
    return writers.get(e.getClass()).apply(e);
  }
}
