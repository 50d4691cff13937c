// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of pow5.glsl, and that its precision is enough where it is used. */
class PowersOfFiveTest {
  private static final Pattern WORD = Pattern.compile("0x([0-9A-F]{16})ul");
  private static final int STEP = 27;
  private static final int ORIGIN = -13;
  private static final int WORDS = 3;
  private static final int WORD_BITS = 64;
  private static final int BITS = 128;

  /**
   * Exponents of a quarter of a unit in the last place, of subnormal numbers brought to 53 bits.
   */
  private static final int LOWEST = -1128;

  private static final int HIGHEST = 971;

  /** What is scaled is below that. */
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(56);

  private static List<BigInteger> table;

  @BeforeAll
  static void readTable() throws IOException {
    String name = "/dev/kronos/kernels/glsl/include/pow5.glsl";
    try (InputStream in = PowersOfFiveTest.class.getResourceAsStream(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      table = WORD.matcher(text).results().map(word -> new BigInteger(word.group(1), 16)).toList();
    }
  }

  private static BigInteger five(int power) {
    return BigInteger.valueOf(5).pow(power);
  }

  /** Returns the first bits of a power of five, rounded down. */
  private static BigInteger first(int power, int bits) {
    if (power >= 0) {
      BigInteger exact = five(power);
      return exact
          .shiftLeft(Math.max(0, bits - exact.bitLength()))
          .shiftRight(Math.max(0, exact.bitLength() - bits));
    }
    BigInteger divisor = five(-power);
    return BigInteger.ONE.shiftLeft(divisor.bitLength() + bits - 1).divide(divisor);
  }

  @Test
  void hasTheFirstBitsOfEveryStep() {
    for (int k = 0; k * WORDS < table.size(); k++) {
      BigInteger step = step(k);
      assertThat(step).isEqualTo(first((k + ORIGIN) * STEP, WORDS * WORD_BITS));
    }
    assertThat(table).hasSize(78);
  }

  private static BigInteger step(int k) {
    BigInteger step = BigInteger.ZERO;
    for (int word = WORDS - 1; word >= 0; word--) {
      step = step.shiftLeft(WORD_BITS).add(table.get(k * WORDS + word));
    }
    return step;
  }

  /** Computes {@code pow5_power}. */
  private static BigInteger power(int power) {
    int k = Math.floorDiv(power, STEP);
    BigInteger product = step(k - ORIGIN).multiply(five(power - k * STEP));
    BigInteger cut = product.shiftRight(product.bitLength() - BITS);
    return power >= 0 && power <= 55 ? cut : cut.add(BigInteger.ONE);
  }

  /** Computes {@code pow5_log2}. */
  private static int log2(int power) {
    return (power * 1_217_359) >> 19;
  }

  @Test
  void scalesEveryNumberToTheRightInteger() {
    for (int exponent = LOWEST; exponent <= HIGHEST; exponent++) {
      int power = 1 - ((exponent * 78_913) >> 18);
      int shift = BITS - 1 - exponent - power - log2(power);
      assertThat(shift - WORD_BITS).as("shift").isBetween(1, WORD_BITS - 1);
      // The factor is numerator / denominator; what takes its place is taken * 2^-shift.
      BigInteger numerator = five(Math.max(0, power)).shiftLeft(Math.max(0, exponent + power));
      BigInteger denominator = five(Math.max(0, -power)).shiftLeft(Math.max(0, -exponent - power));
      assertThat(numerator.divide(denominator).intValueExact()).as("factor").isBetween(10, 99);
      BigInteger taken = power(power);
      assertThat(taken.bitLength()).isEqualTo(BITS);
      BigInteger excess = taken.multiply(denominator).subtract(numerator.shiftLeft(shift));
      assertThat(excess).as("excess").isBetween(BigInteger.ZERO, denominator);
      // The error of a product is below LIMIT / 2^shift: less than the distance of what is no
      // integer from the next integer, and from the last one, which tells it from an integer.
      Distances from = Distances.of(numerator, denominator, LIMIT);
      String name = "exponent=" + exponent;
      assertThat(excess.multiply(LIMIT)).as(name).isLessThan(from.below().shiftLeft(shift));
      assertThat(denominator.multiply(LIMIT)).as(name).isLessThan(from.above().shiftLeft(shift));
    }
  }

  /**
   * Numbers of 64 bits times powers that 128 bits do not hold, the power taken as 2^127 and more:
   * halfway between two doubles are multiples of 2^137, or of 2^138.
   */
  @Test
  void roundsEveryProductToTheRightDouble() {
    BigInteger limit = BigInteger.ONE.shiftLeft(WORD_BITS);
    for (int power = -350; power <= 350; power++) {
      if (power >= -STEP && power <= 55) {
        continue;
      }
      int up = BITS - 1 - log2(power);
      BigInteger numerator = five(Math.max(0, power)).shiftLeft(Math.max(0, up));
      BigInteger denominator = five(Math.max(0, -power)).shiftLeft(Math.max(0, -up));
      BigInteger excess = power(power).multiply(denominator).subtract(numerator);
      assertThat(excess).as("excess").isBetween(BigInteger.ZERO, denominator);
      Distances from = Distances.of(numerator, denominator.shiftLeft(137), limit);
      assertThat(denominator.multiply(limit)).as("power=" + power).isLessThan(from.below());
    }
  }

  /**
   * How far multiples of a fraction are from integers.
   *
   * @param above the least positive {@code x * numerator mod denominator} for {@code 0 < x < limit}
   * @param below the least positive {@code -x * numerator mod denominator}
   */
  private record Distances(BigInteger above, BigInteger below) {

    /** By Euclid's algorithm: what is above and what is below are replaced by sums in turn. */
    static Distances of(BigInteger numerator, BigInteger denominator, BigInteger limit) {
      BigInteger above = numerator.mod(denominator);
      if (above.signum() == 0) {
        return new Distances(denominator, denominator);
      }
      BigInteger below = denominator.subtract(above);
      BigInteger aboveAt = BigInteger.ONE;
      BigInteger belowAt = BigInteger.ONE;
      while (true) {
        boolean lower = above.compareTo(below) < 0;
        BigInteger larger = lower ? below : above;
        BigInteger smaller = lower ? above : below;
        BigInteger room =
            limit.subtract(lower ? belowAt : aboveAt).divide(lower ? aboveAt : belowAt);
        BigInteger times = larger.subtract(BigInteger.ONE).divide(smaller).min(room);
        if (times.signum() == 0) {
          return new Distances(above, below);
        }
        if (lower) {
          below = below.subtract(above.multiply(times));
          belowAt = belowAt.add(aboveAt.multiply(times));
        } else {
          above = above.subtract(below.multiply(times));
          aboveAt = aboveAt.add(belowAt.multiply(times));
        }
      }
    }
  }
}
