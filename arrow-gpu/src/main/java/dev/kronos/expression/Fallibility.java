// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;

/**
 * Says which operations can fail for some operand values: by overflow, a zero divisor, or a value
 * outside the target's range. Decided from types alone, so that code for impossible failures is
 * never written.
 */
final class Fallibility {
  /** Digits of Spark's decimals for timestamps: seconds with six fractional digits. */
  private static final DataType TIMESTAMP_DECIMAL = DataType.decimal(19, 6);

  private Fallibility() {}

  /** Tells whether {@code e}, or something inside it, can put the row in error. */
  static boolean canRaise(Expression e) {
    return raises(e) || e.children().stream().anyMatch(Fallibility::canRaise);
  }

  private static boolean raises(Expression e) {
    if (e instanceof Arithmetic a) {
      return canFail(a) && (a.mode() == ErrorMode.ANSI || DecimalRules.remainderMayBeImpossible(a));
    }
    if (e instanceof Cast c) {
      return canFail(c) && (c.mode() == ErrorMode.ANSI || raisesInEveryMode(c));
    }
    if (e instanceof MakeDecimal m) {
      return canFail(m) && m.mode() == ErrorMode.ANSI;
    }
    if (e instanceof Call c) {
      return c.raises();
    }
    if (e instanceof RoundNumber r) {
      return r.canFail() && r.effectiveMode() == ErrorMode.ANSI;
    }
    if (e instanceof DateRound r) {
      return r.boundary() != DateRound.Boundary.WEEK;
    }
    if (e instanceof DateShift s) {
      return s.operator() == DateShift.Operator.ADD_MONTHS;
    }
    if (e instanceof Shift s) {
      return s.mode() == ErrorMode.ANSI;
    }
    if (e instanceof Negate n) {
      return signIsRounded(n.type()) || (canFail(n) && n.mode() == ErrorMode.ANSI);
    }
    return e instanceof Absolute a
        && (signIsRounded(a.type()) || (canFail(a) && a.mode() == ErrorMode.ANSI));
  }

  /** Tells whether the cast can turn a value into null. */
  static boolean givesNull(Cast cast) {
    boolean notFinite = cast.child().type().isFloating() && cast.type().isDecimal();
    return notFinite
        || (cast.mode() != ErrorMode.ANSI && canFail(cast) && !raisesInEveryMode(cast));
  }

  /** Tells whether failures of the cast are errors even outside ANSI mode, as in Spark. */
  static boolean raisesInEveryMode(Cast cast) {
    return cast.child().type().kind() == Kind.DATE;
  }

  /**
   * Tells whether a sign change rounds decimals of this type; an overflow of that always raises.
   */
  static boolean signIsRounded(DataType type) {
    return type.precision() > DecimalRules.SIGN_DIGITS;
  }

  static boolean canFail(Negate e) {
    return e.type().isIntegral() && e.mode() != ErrorMode.WRAP;
  }

  static boolean canFail(Absolute e) {
    return e.type().isIntegral() && e.mode() != ErrorMode.WRAP;
  }

  static boolean canFail(MakeDecimal e) {
    return e.type().precision() < DecimalRules.LONG_DIGITS;
  }

  static boolean canFail(Arithmetic e) {
    if (e.operator().isDivision()) {
      return true;
    }
    if (e.type().isDecimal()) {
      return DecimalRules.mayOverflow(e);
    }
    return e.type().isIntegral() && e.mode() != ErrorMode.WRAP;
  }

  static boolean canFail(Cast e) {
    DataType from = e.child().type();
    DataType to = e.type();
    if (Cast.keepsBits(from, to) || to.kind() == Kind.STRING) {
      return false;
    }
    if (from.kind() == Kind.STRING) {
      return true;
    }
    if (to.kind() == Kind.BOOLEAN) {
      return false;
    }
    if (to.isDecimal()) {
      return from.isFloating() || DecimalRules.mayOverflow(decimalOf(from), to);
    }
    return switch (from.kind()) {
      case DATE -> true;
      case INT8, INT16, INT32, INT64 ->
          to.isIntegral() && narrower(to, from) && e.mode() != ErrorMode.WRAP;
      case FLOAT32, FLOAT64 ->
          to.kind() == Kind.TIMESTAMP || (to.isIntegral() && e.mode() != ErrorMode.WRAP);
      case DECIMAL ->
          to.isIntegral()
              && e.mode() != ErrorMode.WRAP
              && from.precision() - from.scale() >= DecimalRules.digits(to);
      case TIMESTAMP -> to.isIntegral() && to.kind() != Kind.INT64;
      default -> false;
    };
  }

  private static boolean narrower(DataType to, DataType from) {
    return to.kind().compareTo(from.kind()) < 0;
  }

  /** Returns the decimal type that holds every value of a type that casts to decimals. */
  static DataType decimalOf(DataType from) {
    return switch (from.kind()) {
      case BOOLEAN -> DataType.decimal(1, 0);
      case TIMESTAMP -> TIMESTAMP_DECIMAL;
      case DECIMAL -> from;
      default -> DataType.decimal(DecimalRules.digits(from), 0);
    };
  }
}
