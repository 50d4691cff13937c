// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/** Writes what operations share: lazy operands, null flags and failures. */
final class GlslOperands {
  private final GlslEmitter out;

  GlslOperands(GlslEmitter out) {
    this.out = out;
  }

  /**
   * Emits an operand that is evaluated only under a condition. Without the possibility of an error
   * nobody can tell, and it is evaluated in any case, unless strings are made for it. The value is
   * valid where the condition held; elsewhere the null flag is whatever it is.
   */
  GlslValue when(String condition, Expression e) {
    if (condition.equals("true") || !(Fallibility.canRaise(e) || MadeText.in(e))) {
      return out.emit(e);
    }
    Register register = Register.of(e.type());
    String value = out.define(register.glsl(), register.zero());
    String isNull = e.nullable() ? out.define("bool", "true") : GlslValue.NEVER;
    out.beginLazy("if (" + condition + ") {");
    assign(value, isNull, out.emit(e));
    out.endLazy();
    return new GlslValue(value, isNull, e.type());
  }

  private void assign(String value, String isNull, GlslValue from) {
    out.append(value + " = " + from.value() + ";");
    if (!isNull.equals(GlslValue.NEVER)) {
      out.append(isNull + " = " + from.isNull() + ";");
    }
  }

  /** Returns code for {@code a || b}, folding constants. */
  static String or(String a, String b) {
    if (a.equals("true") || b.equals("true")) {
      return "true";
    }
    if (a.equals("false")) {
      return b;
    }
    return b.equals("false") || a.equals(b) ? a : a + " || " + b;
  }

  /** Returns code for {@code !a}, folding constants. */
  static String not(String a) {
    return switch (a) {
      case "true" -> "false";
      case "false" -> "true";
      default -> a.chars().allMatch(Character::isLetterOrDigit) ? "!" + a : "!(" + a + ")";
    };
  }

  /** Returns a flag: null when either operand is null. */
  String eitherNull(GlslValue a, GlslValue b) {
    return flag(or(a.isNull(), b.isNull()));
  }

  /** Gives a condition a name, unless it is one. */
  String flag(String condition) {
    return condition.chars().allMatch(Character::isLetterOrDigit)
        ? condition
        : out.define("bool", condition);
  }

  /**
   * Writes what a failure does.
   *
   * @param isNull null flag so far: null rows do not fail
   * @param failed condition of the failure
   * @return the null flag afterwards
   */
  String fail(String isNull, String failed, ErrorMode mode, RowError error) {
    if (mode == ErrorMode.ANSI) {
      String guard = isNull.equals(GlslValue.NEVER) ? "" : " && " + not(isNull);
      out.append("row_error_if((" + failed + ")" + guard + ", ROW_" + error + ");");
      return isNull;
    }
    return flag(or(isNull, "(" + failed + ")"));
  }

  /** Declares the value of an operation. */
  GlslValue result(DataType type, String value, String isNull) {
    return new GlslValue(out.define(Register.of(type).glsl(), value), isNull, type);
  }

  /** Declares a flag that checked functions set. */
  String overflowFlag() {
    return out.define("bool", "false");
  }
}
