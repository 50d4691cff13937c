// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;

/** Writes casts to integers. */
final class GlslIntegralCasts {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslIntegralCasts(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue write(Cast e, GlslValue child) {
    return switch (child.type().kind()) {
      case BOOLEAN -> operands.result(e.type(), number(child.value(), e.type()), child.isNull());
      case FLOAT32, FLOAT64 -> fromFloating(e, asDouble(child), child.isNull());
      case DECIMAL -> fromDecimal(e, child);
      case TIMESTAMP -> {
        String seconds = out.define("int64_t", GlslCasts.floorSeconds(child.value()));
        // Seconds that do not fit are never wrapped.
        ErrorMode mode = e.mode() == ErrorMode.ANSI ? ErrorMode.ANSI : ErrorMode.NULL;
        yield narrowed(e, new GlslValue(seconds, child.isNull(), DataType.INT64), mode);
      }
      default -> narrowed(e, child, e.mode());
    };
  }

  private static String number(String flag, DataType type) {
    return Register.of(type) == Register.LONG ? flag + " ? 1l : 0l" : "int(" + flag + ")";
  }

  /** Moves an integer to a type that may be too small for it. */
  private GlslValue narrowed(Cast e, GlslValue from, ErrorMode mode) {
    String isNull = from.isNull();
    if (Fallibility.canFail(e)) {
      String failed = Ranges.outside(from.value(), from.register(), e.type());
      isNull = operands.fail(isNull, failed, mode, RowError.CAST);
    }
    String code = from.register().convert(from.value(), Register.of(e.type()));
    return operands.result(e.type(), Ranges.wrap(code, e.type()), isNull);
  }

  private String asDouble(GlslValue child) {
    out.include("float.glsl");
    return child.type().kind() == Kind.FLOAT64
        ? child.value()
        : out.define("double", "f32_to_f64(" + child.value() + ")");
  }

  private GlslValue fromFloating(Cast e, String number, String isNull) {
    boolean wide = e.type().kind() == Kind.INT64;
    if (e.mode() == ErrorMode.WRAP) {
      String code = (wide ? "f64_to_i64(" : "f64_to_i32(") + number + ")";
      return operands.result(e.type(), Ranges.wrap(code, e.type()), isNull);
    }
    String overflow = operands.overflowFlag();
    String code =
        wide
            ? "f64_to_i64_checked(" + number + ", " + overflow + ")"
            : "f64_to_i32_checked(" + number + ", " + bounds(e.type()) + ", " + overflow + ")";
    return checked(e, code, overflow, isNull);
  }

  private GlslValue checked(Cast e, String code, String overflow, String isNull) {
    GlslValue value = operands.result(e.type(), code, isNull);
    String flag =
        Fallibility.canFail(e) ? operands.fail(isNull, overflow, e.mode(), RowError.CAST) : isNull;
    return new GlslValue(value.value(), flag, e.type());
  }

  private static String bounds(DataType type) {
    return Ranges.min(type) + ", " + Ranges.max(type);
  }

  private GlslValue fromDecimal(Cast e, GlslValue child) {
    int scale = child.type().scale();
    boolean wide = child.register() == Register.WIDE;
    if (wide && e.mode() != ErrorMode.WRAP) {
      return fromWide(e, child, scale);
    }
    String cut = DecimalCode.truncate(child.value(), child.register(), scale);
    if (wide) {
      String low = "i128_to_i64(" + cut + ")";
      String code = Register.LONG.convert(low, Register.of(e.type()));
      return operands.result(e.type(), Ranges.wrap(code, e.type()), child.isNull());
    }
    String name = out.define(child.register().glsl(), cut);
    DataType type = child.register() == Register.INT ? DataType.INT32 : DataType.INT64;
    return narrowed(e, new GlslValue(name, child.isNull(), type), e.mode());
  }

  /** Spark takes such decimals to INT64 exactly and to smaller integers by way of a double. */
  private GlslValue fromWide(Cast e, GlslValue child, int scale) {
    out.include("decimal.glsl");
    String overflow = operands.overflowFlag();
    String value = child.value() + ", " + scale + "u, ";
    String code =
        e.type().kind() == Kind.INT64
            ? "dec128_to_i64_checked(" + value + overflow + ")"
            : "dec128_to_i32_rounded(" + value + bounds(e.type()) + ", " + overflow + ")";
    return checked(e, code, overflow, child.isNull());
  }
}
