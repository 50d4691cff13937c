// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.RowError;
import dev.kronos.expression.RowErrorException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Says in plain Java what Arrow's functions give for one row, by their names alone: it does not
 * know the expressions that the functions are made of.
 */
public final class ArrowOracle {
  private static final Map<String, OracleRule> SEEING_NULLS = new HashMap<>();
  private static final Map<String, OracleRule> RULES = new HashMap<>();

  static {
    for (String mode : List.of("", "_checked")) {
      boolean checked = !mode.isEmpty();
      RULES.put("add" + mode, (t, v) -> OracleNumbers.binary('+', t, v, checked));
      RULES.put("subtract" + mode, (t, v) -> OracleNumbers.binary('-', t, v, checked));
      RULES.put("multiply" + mode, (t, v) -> OracleNumbers.binary('*', t, v, checked));
      RULES.put("divide" + mode, (t, v) -> OracleNumbers.divide(t, v, checked));
      RULES.put("negate" + mode, (t, v) -> OracleNumbers.negate(t, v.get(0), checked));
      RULES.put("abs" + mode, (t, v) -> OracleNumbers.abs(t, v.get(0), checked));
      RULES.put("shift_left" + mode, (t, v) -> shift(t, v, checked, true));
      RULES.put("shift_right" + mode, (t, v) -> shift(t, v, checked, false));
    }
    RULES.put("sign", (t, v) -> OracleNumbers.sign(t, v.get(0)));
    RULES.put("floor", (t, v) -> OracleNumbers.floating(v.get(0), Math::floor));
    RULES.put("ceil", (t, v) -> OracleNumbers.floating(v.get(0), Math::ceil));
    RULES.put("round", (t, v) -> OracleNumbers.floating(v.get(0), Math::rint));
    RULES.put(
        "trunc",
        (t, v) -> OracleNumbers.floating(v.get(0), x -> Math.copySign(Math.floor(Math.abs(x)), x)));
    RULES.put("equal", (t, v) -> compare(v, (x, y) -> x == y, sign -> sign == 0));
    RULES.put("not_equal", (t, v) -> compare(v, (x, y) -> x != y, sign -> sign != 0));
    RULES.put("less", (t, v) -> compare(v, (x, y) -> x < y, sign -> sign < 0));
    RULES.put("less_equal", (t, v) -> compare(v, (x, y) -> x <= y, sign -> sign <= 0));
    RULES.put("greater", (t, v) -> compare(v, (x, y) -> x > y, sign -> sign > 0));
    RULES.put("greater_equal", (t, v) -> compare(v, (x, y) -> x >= y, sign -> sign >= 0));
    RULES.put("and", (t, v) -> is(v, 0) && is(v, 1));
    RULES.put("or", (t, v) -> is(v, 0) || is(v, 1));
    RULES.put("xor", (t, v) -> is(v, 0) != is(v, 1));
    RULES.put("and_not", (t, v) -> is(v, 0) && !is(v, 1));
    RULES.put("invert", (t, v) -> !is(v, 0));
    RULES.put("is_nan", (t, v) -> Double.isNaN(OracleNumbers.doubleOf(v.get(0))));
    RULES.put("is_inf", (t, v) -> Double.isInfinite(OracleNumbers.doubleOf(v.get(0))));
    RULES.put("is_finite", (t, v) -> Double.isFinite(OracleNumbers.doubleOf(v.get(0))));
    RULES.put("bit_wise_and", (t, v) -> box(t, integer(v, 0) & integer(v, 1)));
    RULES.put("bit_wise_or", (t, v) -> box(t, integer(v, 0) | integer(v, 1)));
    RULES.put("bit_wise_xor", (t, v) -> box(t, integer(v, 0) ^ integer(v, 1)));
    RULES.put("bit_wise_not", (t, v) -> box(t, ~integer(v, 0)));
    OracleStrings.RULES.forEach((name, rule) -> RULES.put(name, (t, v) -> rule.apply(v)));
    RULES.putAll(OracleMath.RULES);
    RULES.putAll(OracleText.RULES);
    RULES.putAll(OracleHashes.RULES);
    RULES.putAll(OracleTimes.RULES);
    SEEING_NULLS.put("max_element_wise", (t, v) -> OracleMath.extreme(t, v, 1));
    SEEING_NULLS.put("min_element_wise", (t, v) -> OracleMath.extreme(t, v, -1));
    SEEING_NULLS.put("xxhash64", (t, v) -> OracleHashes.xxhash64(t, v, 42));
    SEEING_NULLS.put("murmur3", (t, v) -> OracleHashes.murmur3(t, v, 42));
    RULES.put("to_text", (t, v) -> OracleCasts.text(t, v.get(0)));
    SEEING_NULLS.put("is_null", (t, v) -> v.get(0) == null);
    SEEING_NULLS.put("is_valid", (t, v) -> v.get(0) != null);
    SEEING_NULLS.put("and_kleene", (t, v) -> kleeneAnd((Boolean) v.get(0), (Boolean) v.get(1)));
    SEEING_NULLS.put("or_kleene", (t, v) -> not(kleeneAnd(not(v.get(0)), not(v.get(1)))));
    SEEING_NULLS.put("and_not_kleene", (t, v) -> kleeneAnd((Boolean) v.get(0), not(v.get(1))));
    SEEING_NULLS.put("if_else", (t, v) -> v.get(0) == null ? null : v.get(is(v, 0) ? 1 : 2));
    SEEING_NULLS.put(
        "coalesce", (t, v) -> v.stream().filter(Objects::nonNull).findFirst().orElse(null));
  }

  private ArrowOracle() {}

  /**
   * Returns the value of a function, or null.
   *
   * @param type type of the values, of the last one where there is a condition
   * @throws RowErrorException when the row has none
   */
  public static Object apply(String function, DataType type, List<Object> values) {
    OracleRule rule = SEEING_NULLS.get(function);
    if (rule != null) {
      return rule.apply(type, values);
    }
    return apply(RULES.get(function), type, values);
  }

  /**
   * Returns the value of a function that is null where an operand is.
   *
   * @param rule says what it is of others
   * @param values as they are stored
   */
  static Object apply(OracleRule rule, DataType type, List<Object> values) {
    boolean nulls = values.stream().anyMatch(Objects::isNull);
    if (nulls) {
      return null;
    }
    Object result = rule.apply(type, OracleTypes.meanings(type, values));
    boolean half = type.equals(DataType.FLOAT16) && result instanceof Double;
    return half ? OracleTypes.stored(type, result) : result;
  }

  private static boolean is(List<Object> values, int index) {
    return (Boolean) values.get(index);
  }

  private static long integer(List<Object> values, int index) {
    return ((Number) values.get(index)).longValue();
  }

  private static Boolean not(Object value) {
    return value == null ? null : !(Boolean) value;
  }

  private static Boolean kleeneAnd(Boolean a, Boolean b) {
    if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
      return false;
    }
    return (a == null || b == null) ? null : true;
  }

  private interface FloatTest {
    boolean test(double a, double b);
  }

  private interface Sign {
    boolean test(int sign);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static boolean compare(List<Object> values, FloatTest floating, Sign ordered) {
    Object a = values.get(0);
    Object b = values.get(1);
    if (a instanceof Float || a instanceof Double) {
      return floating.test(OracleNumbers.doubleOf(a), OracleNumbers.doubleOf(b));
    }
    return ordered.test(((Comparable) a).compareTo(b));
  }

  private static Object shift(DataType type, List<Object> values, boolean checked, boolean left) {
    long amount = integer(values, 1);
    int bits = OracleTypes.bits(type) - (type.isUnsigned() ? 0 : 1);
    if (amount < 0 || amount >= bits) {
      if (checked) {
        throw new RowErrorException(RowError.OVERFLOW);
      }
      return box(type, integer(values, 0));
    }
    BigInteger value = OracleNumbers.big(values.get(0));
    BigInteger shifted = left ? value.shiftLeft((int) amount) : value.shiftRight((int) amount);
    return box(type, shifted.longValue());
  }

  /** Keeps the low bits of an integer. */
  static Object box(DataType type, long value) {
    return switch (type.carrier().kind()) {
      case INT8 -> (Object) (byte) value;
      case INT16 -> (Object) (short) value;
      case INT32 -> (Object) (int) value;
      default -> (Object) value;
    };
  }
}
