// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sines, cosines and tangents, where angles are hard to reduce: the device has StrictMath's. */
class CircleOnDeviceTest {
  private static final int ROWS = Integer.getInteger("kronos.test.numbers", 20_000);

  private static final BigDecimal HALF_PI =
      new BigDecimal("1.57079632679489661923132169163975144209858469968755291");

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  @Test
  void turnsEdgesAsJava() {
    check("edges", edges());
  }

  /** What decides between the ways of a reduction, and numbers of all sizes with few digits. */
  private static List<Object> edges() {
    List<Object> values = new ArrayList<>(EdgeValues.of(DataType.FLOAT64));
    Stream.of(
            Math.PI / 4,
            3 * Math.PI / 4,
            0x1p19 * Math.PI,
            0x1p20 * Math.PI,
            0x1p-27,
            0x1p-28,
            0.3,
            0.67434,
            0.78125,
            1e22,
            1e300,
            Double.MAX_VALUE,
            1e-310)
        .forEach(angle -> around(angle, values));
    // The high words that the algorithm compares with, alone.
    Stream.of(0x3FE921FBL, 0x3FF921FBL, 0x4002D97CL, 0x413921FBL, 0x3FE59428L, 0x3FD33333L)
        .forEach(
            high -> {
              around(Double.longBitsToDouble(high << 32), values);
              around(Double.longBitsToDouble((high + 1) << 32), values);
            });
    for (int exponent = -1074; exponent < 1024; exponent++) {
      values.add(Math.scalb(1.0, exponent));
      values.add(-Math.scalb(1.5, exponent));
    }
    // The double nearest to a multiple of pi / 2 (J.-M. Muller, Elementary Functions).
    around(6381956970095103.0 * 0x1p797, values);
    return values;
  }

  @Test
  void turnsMultiplesAsJava() {
    List<Object> values = new ArrayList<>();
    for (int n = 1; n < 600; n++) {
      around(multiple(n), values);
    }
    for (int bits = 10; bits < 160; bits++) {
      around(multiple(Math.scalb(1.0, bits) - 1), values);
      around(multiple(Math.scalb(1.0, bits)), values);
    }
    check("multiples of pi / 2", values);
  }

  private static double multiple(double n) {
    return HALF_PI.multiply(new BigDecimal(n), MathContext.DECIMAL128).doubleValue();
  }

  /** Adds an angle and its neighbours, of both signs. */
  private static void around(double angle, List<Object> values) {
    for (double a : new double[] {angle, Math.nextUp(angle), Math.nextDown(angle)}) {
      values.add(a);
      values.add(-a);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void turnsNearMultiplesAsJava(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Object> values = new ArrayList<>();
    while (values.size() < ROWS) {
      double n = Math.floor(Math.scalb(random.nextDouble(1, 2), random.nextInt(1, 24)));
      around(multiple(n), values);
    }
    check("near multiples, seed=" + seed, values);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5})
  void turnsRandomBitsAsJava(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      values.add(Double.longBitsToDouble(random.nextLong()));
      values.add(Math.scalb(random.nextDouble(-1, 1), random.nextInt(40)));
    }
    check("random bits, seed=" + seed, values);
  }

  private static void check(String name, List<Object> angles) {
    Expression angle = ExpressionCases.column(0, DataType.FLOAT64);
    ExpressionGroup group =
        new ExpressionGroup(
            name,
            List.of(ExpressionCases.layout(DataType.FLOAT64)),
            Stream.of(MathFunction.SIN, MathFunction.COS, MathFunction.TAN)
                .<Expression>map(f -> Call.of(f, angle))
                .toList());
    List<Object[]> rows = angles.stream().map(value -> new Object[] {value}).toList();
    assertThat(ProbeCheck.differences(open.kronos(), group, rows, Outcome::equals))
        .as(name)
        .isEmpty();
  }
}
