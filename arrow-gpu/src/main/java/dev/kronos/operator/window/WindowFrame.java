// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.KronosException;
import dev.kronos.expression.ColumnBinding;
import dev.kronos.expression.Expression;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Says which rows of a row's partition a function looks at: those from a lower bound to an upper
 * one, both included; none where the lower one lies behind the upper one. Immutable.
 *
 * @param lower where the frame begins
 * @param upper where it ends
 * @param range what values of bounds are compared with; null where no bound is a value
 */
public record WindowFrame(Bound lower, Bound upper, Range range) {
  /** The whole partition. */
  public static final WindowFrame PARTITION =
      new WindowFrame(Bound.of(Kind.START), Bound.of(Kind.END));

  /** Names kinds of bounds. */
  public enum Kind {
    /** The partition's first row. */
    START,
    /** The partition's last row. */
    END,
    /** The row itself. */
    ROW,
    /** The row's peers: the first of them as a lower bound, the last one as an upper bound. */
    PEERS,
    /** A row that is so many rows before. */
    BEFORE,
    /** A row that is so many rows behind. */
    BEHIND,
    /**
     * As a lower bound the first row whose key does not come before a value, as an upper bound the
     * last one whose key does not come behind it.
     */
    VALUE
  }

  /**
   * Holds a bound.
   *
   * @param kind what it is
   * @param rows how many rows away, 0 or more; 0 for kinds that are no distance
   * @param value the value of VALUE, computed of the row's columns as they leave the pipeline; null
   *     for other kinds
   */
  public record Bound(Kind kind, int rows, Expression value) {
    /**
     * Checks distance and value.
     *
     * @throws KronosException.InvalidArgument when the distance is below zero, or there is a value
     *     and the kind has none, or the other way round
     */
    public Bound {
      Objects.requireNonNull(kind, "kind");
      if (rows < 0 || (kind == Kind.VALUE) != (value != null)) {
        throw new KronosException.InvalidArgument(
            KronosException.message(
                "wrong bound of a frame", "kind", kind, "rows", rows, "value", value));
      }
    }

    /** Makes a bound without a value. */
    public Bound(Kind kind, int rows) {
      this(kind, rows, null);
    }

    /** Makes a bound that is no distance. */
    public static Bound of(Kind kind) {
      return new Bound(kind, 0);
    }

    /** Makes a bound that is a value. */
    public static Bound of(Expression value) {
      return new Bound(Kind.VALUE, 0, value);
    }

    private Bound over(List<Expression> columns) {
      return value == null ? this : of(ColumnBinding.substitute(value, columns));
    }
  }

  /**
   * Names the key that rows of a partition are sorted by.
   *
   * @param key its value, computed of a row's columns as they leave the pipeline
   * @param order which values come first; of floating point numbers NaN is the greatest
   * @param nulls where nulls go
   */
  public record Range(Expression key, SortOrder order, NullPlacement nulls) {
    /** Checks that all is given. */
    public Range {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(nulls, "nulls");
    }
  }

  /**
   * Checks that bounds are given, and the key of values.
   *
   * @throws KronosException.InvalidArgument when a value is of another type than the key, only one
   *     of them is given, or the other bound is neither peers nor a border of the partition
   */
  public WindowFrame {
    Objects.requireNonNull(lower, "lower");
    Objects.requireNonNull(upper, "upper");
    boolean fits =
        range == null
            ? lower.value == null && upper.value == null
            : (lower.value != null || upper.value != null)
                && isOf(range.key, lower, Kind.START)
                && isOf(range.key, upper, Kind.END);
    if (!fits) {
      throw new KronosException.InvalidArgument(
          KronosException.message(
              "wrong key of a frame", "range", range, "lower", lower, "upper", upper));
    }
  }

  /** Makes a frame without values. */
  public WindowFrame(Bound lower, Bound upper) {
    this(lower, upper, null);
  }

  private static boolean isOf(Expression key, Bound bound, Kind border) {
    return bound.value == null
        ? bound.kind == border || bound.kind == Kind.PEERS
        : bound.value.type().equals(key.type());
  }

  /** Returns what is computed of columns: values of bounds and the key. */
  Stream<Expression> expressions() {
    return range == null
        ? Stream.of()
        : Stream.of(range.key, lower.value, upper.value).filter(Objects::nonNull);
  }

  /** Returns the same frame of a batch whose columns may be null, or not, as these are. */
  WindowFrame over(List<Expression> columns) {
    if (range == null) {
      return this;
    }
    Expression key = ColumnBinding.substitute(range.key, columns);
    return new WindowFrame(
        lower.over(columns), upper.over(columns), new Range(key, range.order, range.nulls));
  }

  /** Tells whether computing a bound may fail. */
  boolean mayRaise() {
    return Stream.of(lower, upper).anyMatch(b -> b.value != null && b.value.mayRaise());
  }
}
