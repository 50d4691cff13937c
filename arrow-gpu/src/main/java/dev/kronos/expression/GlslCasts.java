// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;

/** Writes casts and the reinterpretations of decimals. */
final class GlslCasts {
  private static final String MICROS_PER_SECOND = "1000000l";
  private static final String MICROS_PER_SECOND_DOUBLE = "1000000.0lf";
  private static final int MICROS_DIGITS = 6;
  private static final String MICROS_PER_DAY = "86400000000l";

  /** Days that 64-bit microseconds reach, each way. */
  private static final String LAST_DAY = "106751991";

  private final GlslEmitter out;
  private final GlslOperands operands;
  private final GlslIntegralCasts integral;
  private final GlslTextCasts texts;

  GlslCasts(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
    this.integral = new GlslIntegralCasts(out, operands);
    this.texts = new GlslTextCasts(out, operands);
  }

  GlslValue cast(Cast e) {
    GlslValue child = out.emit(e.child());
    if (Cast.keepsBits(child.type(), e.type())) {
      return new GlslValue(child.value(), child.isNull(), e.type());
    }
    if (child.type().kind() == Kind.STRING) {
      return texts.fromText(e, child);
    }
    return switch (e.type().kind()) {
      case BOOLEAN -> plain(e, child, GlslOperands.not(isZero(child)));
      case INT8, INT16, INT32, INT64 -> integral.write(e, child);
      case FLOAT32 -> plain(e, child, toFloat(child));
      case FLOAT64 -> plain(e, child, toDouble(child));
      case DECIMAL ->
          child.type().isFloating() ? texts.floatingToDecimal(e, child) : toDecimal(e, child);
      case DATE ->
          plain(e, child, "int(i64_floor_div(" + child.value() + ", " + MICROS_PER_DAY + "))");
      case TIMESTAMP, TIMESTAMP_NTZ -> toTimestamp(e, child);
      case STRING -> texts.toText(e, child);
      default -> throw new IllegalStateException("no such cast: cast=" + e);
    };
  }

  private GlslValue plain(Cast e, GlslValue child, String code) {
    return operands.result(e.type(), code, child.isNull());
  }

  private String isZero(GlslValue value) {
    return switch (value.register()) {
      case FLOAT -> function("float.glsl", "f32_is_zero", value.value());
      case DOUBLE -> function("float.glsl", "f64_is_zero", value.value());
      case WIDE -> "i128_is_zero(" + value.value() + ")";
      default -> value.value() + " == " + value.register().zero();
    };
  }

  private String function(String file, String name, String arguments) {
    out.include(file);
    return name + "(" + arguments + ")";
  }

  private String toFloat(GlslValue child) {
    String value = child.value();
    return switch (child.type().kind()) {
      case BOOLEAN -> value + " ? 1.0f : 0.0f";
      case FLOAT64 -> function("float.glsl", "f64_to_f32", value);
      case DECIMAL -> fromDecimal("dec128_to_f32", child);
      case TIMESTAMP -> function("float.glsl", "f64_to_f32", seconds(value));
      case INT64 -> function("float.glsl", "i64_to_f32", value);
      default -> function("float.glsl", "f64_to_f32", "i32_to_f64(" + value + ")");
    };
  }

  private String toDouble(GlslValue child) {
    String value = child.value();
    return switch (child.type().kind()) {
      case BOOLEAN -> value + " ? 1.0lf : 0.0lf";
      case FLOAT32 -> function("float.glsl", "f32_to_f64", value);
      case DECIMAL -> fromDecimal("dec128_to_f64", child);
      case TIMESTAMP -> seconds(value);
      case INT64 -> function("float.glsl", "i64_to_f64", value);
      default -> function("float.glsl", "i32_to_f64", value);
    };
  }

  private String seconds(String micros) {
    return function(
        "float.glsl", "f64_div", "i64_to_f64(" + micros + "), " + MICROS_PER_SECOND_DOUBLE);
  }

  private String fromDecimal(String name, GlslValue child) {
    String wide = child.register().convert(child.value(), Register.WIDE);
    return function("decimal.glsl", name, wide + ", " + child.type().scale() + "u");
  }

  /** Overflow is tested before scaling up, where the value still fits its register. */
  private GlslValue toDecimal(Cast e, GlslValue child) {
    DataType from = Fallibility.decimalOf(child.type());
    int raised = e.type().scale() - from.scale();
    GlslValue source = child;
    if (child.register() == Register.BOOL) {
      source =
          new GlslValue(
              out.define("int", "int(" + child.value() + ")"), child.isNull(), DataType.INT32);
    }
    return raised < 0 ? lowered(e, source, -raised) : raised(e, source, raised);
  }

  private GlslValue raised(Cast e, GlslValue child, int digits) {
    Register to = Register.of(e.type());
    String isNull = precision(e, child.value(), child, e.type().precision() - digits);
    String code = DecimalCode.raise(child.value(), child.register(), to, digits);
    return operands.result(e.type(), code, isNull);
  }

  private GlslValue lowered(Cast e, GlslValue child, int digits) {
    Register from = child.register();
    String rounded = out.define(from.glsl(), DecimalCode.lower(child.value(), from, digits));
    String isNull = precision(e, rounded, child, e.type().precision());
    return operands.result(e.type(), from.convert(rounded, Register.of(e.type())), isNull);
  }

  private String precision(Cast e, String value, GlslValue child, int digits) {
    if (!Fallibility.canFail(e)) {
      return child.isNull();
    }
    String failed = GlslOperands.not(DecimalCode.fits(value, child.register(), digits));
    return operands.fail(child.isNull(), failed, e.mode(), RowError.DECIMAL_PRECISION);
  }

  private GlslValue toTimestamp(Cast e, GlslValue child) {
    String value = child.value();
    if (child.type().kind() == Kind.DATE) {
      String failed = value + " > " + LAST_DAY + " || " + value + " < -" + LAST_DAY;
      String isNull = operands.fail(child.isNull(), failed, ErrorMode.ANSI, RowError.OVERFLOW);
      return operands.result(e.type(), "i64_from_i32(" + value + ") * " + MICROS_PER_DAY, isNull);
    }
    return switch (child.type().kind()) {
      case BOOLEAN -> plain(e, child, value + " ? 1l : 0l");
      case FLOAT32, FLOAT64 -> floatingToTimestamp(e, child);
      case DECIMAL -> plain(e, child, decimalMicros(child));
      case TIMESTAMP, TIMESTAMP_NTZ -> new GlslValue(value, child.isNull(), e.type());
      default ->
          plain(
              e,
              child,
              "i64_saturating_micros(" + child.register().convert(value, Register.LONG) + ")");
    };
  }

  private GlslValue floatingToTimestamp(Cast e, GlslValue child) {
    out.include("float.glsl");
    String number =
        out.define("double", child.type().kind() == Kind.FLOAT64 ? child.value() : toDouble(child));
    String micros = "f64_mul(" + number + ", " + MICROS_PER_SECOND_DOUBLE + ")";
    if (e.mode() == ErrorMode.WRAP) {
      String failed = "!f64_is_finite(" + number + ")";
      String isNull = operands.fail(child.isNull(), failed, e.mode(), RowError.CAST);
      return operands.result(e.type(), "f64_to_i64(" + micros + ")", isNull);
    }
    String failed = operands.overflowFlag();
    String value = out.define("int64_t", "f64_to_i64_checked(" + micros + ", " + failed + ")");
    String isNull = operands.fail(child.isNull(), failed, e.mode(), RowError.CAST);
    return operands.result(e.type(), value, isNull);
  }

  private static String decimalMicros(GlslValue child) {
    int digits = MICROS_DIGITS - child.type().scale();
    if (digits < 0) {
      String cut = DecimalCode.truncate(child.value(), child.register(), -digits);
      return child.register().convert(cut, Register.LONG);
    }
    String low = child.register().convert(child.value(), Register.LONG);
    return low + " * " + DecimalCode.power(Register.LONG, digits);
  }

  GlslValue unscaled(UnscaledValue e) {
    GlslValue child = out.emit(e.child());
    String code = child.register().convert(child.value(), Register.LONG);
    return operands.result(e.type(), code, child.isNull());
  }

  GlslValue makeDecimal(MakeDecimal e) {
    GlslValue child = out.emit(e.child());
    String isNull = child.isNull();
    if (Fallibility.canFail(e)) {
      String fits = DecimalCode.fits(child.value(), Register.LONG, e.type().precision());
      isNull = operands.fail(isNull, GlslOperands.not(fits), e.mode(), RowError.DECIMAL_PRECISION);
    }
    return operands.result(
        e.type(), Register.LONG.convert(child.value(), Register.of(e.type())), isNull);
  }

  static String floorSeconds(String micros) {
    return "i64_floor_div(" + micros + ", " + MICROS_PER_SECOND + ")";
  }
}
