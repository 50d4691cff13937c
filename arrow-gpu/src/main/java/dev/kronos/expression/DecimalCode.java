// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigInteger;

/** Writes scaling and range tests of unscaled decimals in each integer register. */
final class DecimalCode {
  private DecimalCode() {}

  /** Returns 10^{@code digits} as a constant of {@code register}. */
  static String power(Register register, int digits) {
    BigInteger power = BigInteger.TEN.pow(digits);
    return switch (register) {
      case INT -> power.toString();
      case LONG -> power + "l";
      case WIDE ->
          "i128("
              + Long.toUnsignedString(power.longValue())
              + "ul, "
              + power.shiftRight(Long.SIZE).longValue()
              + "l)";
      default -> throw new IllegalArgumentException("not an integer register: " + register);
    };
  }

  /** Returns code for {@code value} times 10^{@code digits} in {@code to}, which must hold it. */
  static String raise(GlslValue value, Register to, int digits) {
    return raise(value.value(), value.register(), to, digits);
  }

  static String raise(String value, Register from, Register to, int digits) {
    if (digits == 0) {
      return from.convert(value, to);
    }
    if (to != Register.WIDE) {
      return from.convert(value, to) + " * " + power(to, digits);
    }
    if (from != Register.WIDE && digits <= Register.LONG_DIGITS) {
      String factor = power(Register.LONG, digits);
      return "i128_mul_i64(" + from.convert(value, Register.LONG) + ", " + factor + ")";
    }
    return "i128_mul(" + from.convert(value, to) + ", " + power(to, digits) + ")";
  }

  /** Returns code for {@code value} divided by 10^{@code digits}, rounded half up. */
  static String lower(String value, Register register, int digits) {
    return switch (register) {
      case INT -> "i32_div_half_up(" + value + ", " + power(register, digits) + ")";
      case LONG -> "i64_div_half_up(" + value + ", " + power(register, digits) + ")";
      default -> "i128_div_pow10_half_up(" + value + ", " + digits + "u)";
    };
  }

  /** Returns code for {@code value} divided by 10^{@code digits}, cut off. */
  static String truncate(String value, Register register, int digits) {
    if (digits == 0) {
      return value;
    }
    return register == Register.WIDE
        ? "i128_div_pow10_trunc(" + value + ", " + digits + "u)"
        : value + " / " + power(register, digits);
  }

  /** Returns code that tells whether a variable has at most {@code digits} digits. */
  static String fits(String value, Register register, int digits) {
    if (digits == 0) {
      return register == Register.WIDE
          ? "i128_is_zero(" + value + ")"
          : "(" + value + " == " + register.zero() + ")";
    }
    if (register == Register.WIDE) {
      return "i128_fits_precision(" + value + ", " + digits + "u)";
    }
    if (digits > (register == Register.INT ? Register.INT_DIGITS : Register.LONG_DIGITS)) {
      return "true";
    }
    String limit = power(register, digits);
    return "(" + value + " > -" + limit + " && " + value + " < " + limit + ")";
  }
}
