// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.KronosException;
import java.util.Objects;

/**
 * Says which rows of a row's partition a function looks at: those from a lower bound to an upper
 * one, both included; none where the lower one lies behind the upper one. Immutable.
 *
 * @param lower where the frame begins
 * @param upper where it ends
 */
public record WindowFrame(Bound lower, Bound upper) {
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
    BEHIND
  }

  /**
   * Holds a bound.
   *
   * @param kind what it is
   * @param rows how many rows away, 0 or more; 0 for kinds that are no distance
   */
  public record Bound(Kind kind, int rows) {
    /**
     * Checks the distance.
     *
     * @throws KronosException.InvalidArgument when it is below zero
     */
    public Bound {
      Objects.requireNonNull(kind, "kind");
      if (rows < 0) {
        throw new KronosException.InvalidArgument(
            KronosException.message("distance of a frame below zero", "rows", rows));
      }
    }

    /** Makes a bound that is no distance. */
    public static Bound of(Kind kind) {
      return new Bound(kind, 0);
    }

    /** Tells whether the distance matters. */
    boolean isDistance() {
      return kind == Kind.BEFORE || kind == Kind.BEHIND;
    }
  }

  /** Checks that bounds are given. */
  public WindowFrame {
    Objects.requireNonNull(lower, "lower");
    Objects.requireNonNull(upper, "upper");
  }
}
