// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/**
 * Writes decimal arithmetic, in the narrowest register that holds operands and exact result: 32 or
 * 64 bits where the digits allow, else the 128-bit library, which goes to 256 bits where it must.
 */
final class GlslDecimals {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslDecimals(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  /**
   * Flags of a division.
   *
   * @param zero whether the divisor is zero
   * @param isNull null flag so far
   */
  record Divisor(String zero, String isNull) {}

  /** Writes a sum, difference or product. */
  GlslValue exact(Arithmetic e, GlslValue left, GlslValue right, String isNull) {
    int digits = exactDigits(e);
    if (digits <= Register.LONG_DIGITS) {
      return narrow(e, left, right, isNull);
    }
    if (isLongProduct(e)) {
      String call = "i128_mul_i64(" + longOf(left) + ", " + longOf(right) + ")";
      return fitted(e, out.define("i128", call), Register.WIDE, isNull);
    }
    return wide(e, left, wideOf(right), isNull);
  }

  private static int exactDigits(Arithmetic e) {
    DataType a = e.left().type();
    DataType b = e.right().type();
    return e.operator() == Arithmetic.Operator.MULTIPLY
        ? a.precision() + b.precision()
        : Math.max(scaledDigits(a, exactScale(e)), scaledDigits(b, exactScale(e)));
  }

  private static int exactScale(Arithmetic e) {
    int a = e.left().type().scale();
    int b = e.right().type().scale();
    return e.operator() == Arithmetic.Operator.MULTIPLY ? a + b : Math.max(a, b);
  }

  /** Digits of a decimal after its scale was raised to {@code scale}. */
  private static int scaledDigits(DataType type, int scale) {
    return DecimalRules.integralDigits(type) + scale;
  }

  private static boolean isLongProduct(Arithmetic e) {
    return e.operator() == Arithmetic.Operator.MULTIPLY
        && e.left().type().precision() <= Register.LONG_DIGITS
        && e.right().type().precision() <= Register.LONG_DIGITS
        && exactScale(e) == e.type().scale();
  }

  private static String longOf(GlslValue value) {
    return value.register().convert(value.value(), Register.LONG);
  }

  private static String wideOf(GlslValue value) {
    return value.register().convert(value.value(), Register.WIDE);
  }

  private GlslValue narrow(Arithmetic e, GlslValue left, GlslValue right, String isNull) {
    Register work = Register.ofDigits(exactDigits(e));
    boolean product = e.operator() == Arithmetic.Operator.MULTIPLY;
    int scale = exactScale(e);
    String a = DecimalCode.raise(left, work, product ? 0 : scale - left.type().scale());
    String b = DecimalCode.raise(right, work, product ? 0 : scale - right.type().scale());
    String exact = out.define(work.glsl(), a + " " + e.operator().symbol() + " " + b);
    int drop = scale - e.type().scale();
    String rounded =
        drop == 0 ? exact : out.define(work.glsl(), DecimalCode.lower(exact, work, drop));
    return fitted(e, rounded, work, isNull);
  }

  /** Checks a result at its scale against the precision and moves it to its register. */
  private GlslValue fitted(Arithmetic e, String value, Register register, String isNull) {
    String flag = isNull;
    if (DecimalRules.mayOverflow(e)) {
      String failed = GlslOperands.not(DecimalCode.fits(value, register, e.type().precision()));
      flag = operands.fail(isNull, failed, e.mode(), RowError.DECIMAL_PRECISION);
    }
    return operands.result(e.type(), register.convert(value, Register.of(e.type())), flag);
  }

  private GlslValue wide(Arithmetic e, GlslValue left, String right, String isNull) {
    out.include("decimal.glsl");
    DataType type = e.type();
    String arguments = arguments(e, left, right);
    refuse(e, arguments, isNull);
    String overflow = operands.overflowFlag();
    String name = "dec128_" + function(e.operator());
    String call = call(name, arguments, shape(type), overflow);
    String value = out.define("i128", call);
    String flag = isNull;
    if (DecimalRules.mayOverflow(e)) {
      flag = operands.fail(flag, overflow, e.mode(), RowError.DECIMAL_PRECISION);
    }
    return operands.result(type, Register.WIDE.convert(value, Register.of(type)), flag);
  }

  /** Spark's arithmetic refuses quotients of too many digits, in every mode. */
  private void refuse(Arithmetic e, String arguments, String isNull) {
    if (DecimalRules.remainderMayBeImpossible(e)) {
      String refused = call("dec128_idiv_refused", arguments);
      operands.fail(isNull, refused, ErrorMode.ANSI, RowError.OVERFLOW);
    }
  }

  private static String call(String name, String... arguments) {
    return name + "(" + String.join(", ", arguments) + ")";
  }

  private static String arguments(Arithmetic e, GlslValue left, String right) {
    return String.join(", ", wideOf(left), shape(e.left().type()), right, shape(e.right().type()));
  }

  private static String function(Arithmetic.Operator operator) {
    return switch (operator) {
      case ADD -> "add";
      case SUBTRACT -> "sub";
      case MULTIPLY -> "mul";
      case DIVIDE -> "div";
      case REMAINDER -> "rem";
      case INTEGRAL_DIVIDE -> "idiv";
    };
  }

  /** Returns precision and scale as two arguments. */
  private static String shape(DataType type) {
    return type.precision() + "u, " + type.scale() + "u";
  }

  /** Writes a quotient or remainder; zero divisors are dealt with, but are computed too. */
  GlslValue division(Arithmetic e, GlslValue left, GlslValue right, Divisor divisor) {
    String safe = out.define(right.register().glsl(), safeDivisor(right, divisor.zero()));
    GlslValue by = new GlslValue(safe, right.isNull(), right.type());
    if (divisionDigits(e) <= Register.LONG_DIGITS) {
      return narrowDivision(e, left, by, divisor.isNull());
    }
    return e.operator() == Arithmetic.Operator.INTEGRAL_DIVIDE
        ? integralQuotient(e, left, wideOf(by), divisor.isNull())
        : wide(e, left, wideOf(by), divisor.isNull());
  }

  private static String safeDivisor(GlslValue right, String zero) {
    Register register = right.register();
    if (register == Register.WIDE) {
      String one = "uint64_t(" + zero + ")";
      return "i128(" + right.value() + ".lo | " + one + ", " + right.value() + ".hi)";
    }
    return zero + " ? " + (register == Register.INT ? "1" : "1l") + " : " + right.value();
  }

  /** Most digits of dividend and divisor after scaling. */
  private static int divisionDigits(Arithmetic e) {
    DataType a = e.left().type();
    DataType b = e.right().type();
    if (e.operator() == Arithmetic.Operator.DIVIDE) {
      int raised = e.type().scale() + b.scale() - a.scale();
      return raised < 0 ? DataType.MAX_PRECISION : Math.max(a.precision() + raised, b.precision());
    }
    int scale = Math.max(a.scale(), b.scale());
    return Math.max(scaledDigits(a, scale), scaledDigits(b, scale));
  }

  private GlslValue narrowDivision(Arithmetic e, GlslValue left, GlslValue by, String isNull) {
    Register work = Register.ofDigits(divisionDigits(e));
    String prefix = work == Register.INT ? "i32_" : "i64_";
    int scale = Math.max(left.type().scale(), by.type().scale());
    boolean divide = e.operator() == Arithmetic.Operator.DIVIDE;
    int raised = divide ? e.type().scale() + by.type().scale() : scale;
    String a = DecimalCode.raise(left, work, raised - left.type().scale());
    String b = DecimalCode.raise(by, work, divide ? 0 : scale - by.type().scale());
    String name =
        switch (e.operator()) {
          case DIVIDE -> "div_half_up";
          case REMAINDER -> "remainder";
          default -> "quotient";
        };
    String value = out.define(work.glsl(), prefix + name + "(" + a + ", " + b + ")");
    if (e.operator() == Arithmetic.Operator.INTEGRAL_DIVIDE) {
      return operands.result(e.type(), work.convert(value, Register.LONG), isNull);
    }
    int drop = divide ? 0 : scale - e.type().scale();
    String rounded =
        drop == 0 ? value : out.define(work.glsl(), DecimalCode.lower(value, work, drop));
    return fitted(e, rounded, work, isNull);
  }

  private GlslValue integralQuotient(Arithmetic e, GlslValue left, String right, String isNull) {
    out.include("decimal.glsl");
    String arguments = arguments(e, left, right);
    refuse(e, arguments, isNull);
    String flag = isNull;
    String overflow = operands.overflowFlag();
    GlslValue value = operands.result(e.type(), call("dec128_idiv", arguments, overflow), flag);
    if (DecimalRules.mayOverflow(e)) {
      flag = operands.fail(flag, overflow, e.mode(), RowError.OVERFLOW);
    }
    return new GlslValue(value.value(), flag, e.type());
  }
}
