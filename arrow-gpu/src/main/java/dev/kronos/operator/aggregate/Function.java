// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

/** Names an aggregate function. */
public enum Function {
  /** Counts rows, or the rows whose argument is not null; never null. */
  COUNT,
  /** Adds the arguments that are not null; null when there are none. */
  SUM,
  /**
   * Returns the argument, be it null, of the first row that is looked at, in the order in which
   * batches and their rows come; null when there is none.
   */
  FIRST,
  /** Returns the argument, be it null, of the last row that is looked at; null when none is. */
  LAST,
  /** Returns the least argument that is not null; null when there are none. */
  MIN,
  /** Returns the greatest argument that is not null (NaN is greatest); null when there are none. */
  MAX,
  /** Returns the mean of the doubles that are not null; null when there are none. */
  MEAN,
  /**
   * Adds the squared distances of the doubles that are not null from their mean; null when there
   * are none.
   */
  DISTANCES,
  /** Adds the cubes of the distances of {@link #DISTANCES}; null when there are none. */
  CUBED_DISTANCES,
  /** Adds the fourth powers of the distances of {@link #DISTANCES}; null when there are none. */
  FOURTH_DISTANCES,
  /**
   * Returns the mean of the left sides of pairs of doubles, of which the argument is the left side;
   * null when there are none. A pair is looked at where the argument is not null.
   */
  LEFT_MEAN,
  /** Returns the mean of the right sides of pairs of doubles; null when there are none. */
  RIGHT_MEAN,
  /**
   * Adds the products of the distances of both sides of pairs of doubles from their means; null
   * when there are none.
   */
  CODISTANCES,
  /** Returns the bits that all integers that are not null have; null when there are none. */
  BIT_AND,
  /** Returns the bits that any integer that is not null has; null when there are none. */
  BIT_OR,
  /** Returns the bits that an odd number of integers has; null when all are null. */
  BIT_XOR,
  /** Tells whether any argument is not null; never null. */
  SEEN,
  /** Returns the Bloom filter of the 64-bit integers that are not null, of all rows only. */
  BLOOM_FILTER,
  /**
   * Returns the Bloom filter of all that the arguments are filters of, of all rows only. A filter
   * of another head is an error of its row.
   */
  BLOOM_UNION,
  /**
   * Returns one word of HyperLogLog++'s registers of the 64-bit hashes that are not null; never
   * null.
   */
  DISTINCT_WORD,
  /** Returns how many of the registers of {@link #DISTINCT_WORD} are 0; never null. */
  DISTINCT_ZEROS,
  /**
   * Returns the sum of 2 to the minus each register of {@link #DISTINCT_WORD}, added as doubles in
   * their order; never null.
   */
  DISTINCT_INVERSE;

  /**
   * Returns up to which power doubles are added; 0 for functions that are none of their moments.
   */
  int order() {
    return switch (this) {
      case MEAN, DISTANCES -> 2;
      case CUBED_DISTANCES -> 3;
      case FOURTH_DISTANCES -> 4;
      default -> 0;
    };
  }

  /** Tells whether it is about pairs. */
  boolean isOfPairs() {
    return this == LEFT_MEAN || this == RIGHT_MEAN || this == CODISTANCES;
  }

  /** Tells whether a Bloom filter comes out. */
  boolean isBloom() {
    return this == BLOOM_FILTER || this == BLOOM_UNION;
  }

  /** Tells whether something of registers of distinct values comes out. */
  boolean isDistinct() {
    return this == DISTINCT_WORD || this == DISTINCT_ZEROS || this == DISTINCT_INVERSE;
  }

  /** Returns how many of the other arguments are constants that say what is computed. */
  int constants() {
    return switch (this) {
      case DISTINCT_WORD -> 2;
      case BLOOM_FILTER, BLOOM_UNION, DISTINCT_ZEROS, DISTINCT_INVERSE -> 1;
      default -> 0;
    };
  }
}
