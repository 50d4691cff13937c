// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/** Writes comparisons: one table of functions for all types. */
final class GlslComparisons {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslComparisons(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue write(Comparison e) {
    return e.operator() == Comparison.Operator.NULL_SAFE_EQ ? nullSafe(e) : ordinary(e);
  }

  private GlslValue ordinary(Comparison e) {
    GlslValue left = out.emit(e.left());
    GlslValue right = operands.when(GlslOperands.not(left.isNull()), e.right());
    String isNull = operands.eitherNull(left, right);
    return operands.result(DataType.BOOLEAN, code(out, e.operator(), left, right), isNull);
  }

  private GlslValue nullSafe(Comparison e) {
    GlslValue left = out.emit(e.left());
    GlslValue right = out.emit(e.right());
    String equal = code(out, Comparison.Operator.EQ, left, right);
    if (!left.neverNull() || !right.neverNull()) {
      String a = left.isNull();
      String b = right.isNull();
      equal = "(" + a + " && " + b + ") || (!" + a + " && !" + b + " && " + equal + ")";
    }
    return operands.result(DataType.BOOLEAN, equal, GlslValue.NEVER);
  }

  /** Returns code that compares two values; decimals may be in different registers. */
  static String code(GlslEmitter out, Comparison.Operator operator, GlslValue a, GlslValue b) {
    Register register = a.register();
    if (a.type().isDecimal()) {
      register = register.max(b.register());
      return compare(
          out,
          operator,
          register,
          a.register().convert(a.value(), register),
          b.register().convert(b.value(), register));
    }
    return compare(out, operator, register, a.value(), b.value());
  }

  private static String compare(
      GlslEmitter out, Comparison.Operator operator, Register register, String a, String b) {
    return switch (register) {
      case BOOL -> bool(operator, a, b);
      case INT, LONG -> a + symbol(operator) + b;
      case FLOAT -> function(out, operator, "f32", a, b);
      case DOUBLE -> function(out, operator, "f64", a, b);
      case WIDE -> function(out, operator, "i128", a, b);
      case TEXT -> text(out, operator, a, b);
    };
  }

  private static String symbol(Comparison.Operator operator) {
    return switch (operator) {
      case EQ, NULL_SAFE_EQ -> " == ";
      case NE -> " != ";
      default -> " " + operator.symbol() + " ";
    };
  }

  private static String bool(Comparison.Operator operator, String a, String b) {
    return switch (operator) {
      case EQ, NULL_SAFE_EQ -> "(" + a + " == " + b + ")";
      case NE -> "(" + a + " != " + b + ")";
      case LT -> "(!" + a + " && " + b + ")";
      case LE -> "(!" + a + " || " + b + ")";
      case GT -> "(" + a + " && !" + b + ")";
      case GE -> "(" + a + " || !" + b + ")";
    };
  }

  private static String function(
      GlslEmitter out, Comparison.Operator operator, String prefix, String a, String b) {
    out.include(prefix.equals("i128") ? "int128.glsl" : "float.glsl");
    return switch (operator) {
      case EQ, NULL_SAFE_EQ -> prefix + "_eq(" + a + ", " + b + ")";
      case NE -> "!" + prefix + "_eq(" + a + ", " + b + ")";
      case LT -> prefix + "_lt(" + a + ", " + b + ")";
      case LE -> prefix + "_le(" + a + ", " + b + ")";
      case GT -> prefix + "_lt(" + b + ", " + a + ")";
      case GE -> prefix + "_le(" + b + ", " + a + ")";
    };
  }

  private static String text(GlslEmitter out, Comparison.Operator operator, String a, String b) {
    out.include("string.glsl");
    return switch (operator) {
      case EQ, NULL_SAFE_EQ -> "str_equal(" + a + ", " + b + ")";
      case NE -> "!str_equal(" + a + ", " + b + ")";
      default -> "(str_compare(" + a + ", " + b + ") " + operator.symbol() + " 0)";
    };
  }
}
