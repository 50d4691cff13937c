// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes strings that are numbers, or nearly so: the hard ones, malformed ones, random ones. */
final class NumberTexts {
  private static final List<String> FORMS =
      List.of(
          "",
          " ",
          "+",
          "-",
          ".",
          "-.",
          "e5",
          ".e5",
          "1e",
          "1e+",
          "1e-",
          "1e5.0",
          "1.2.3",
          "1 2",
          "--1",
          "+-1",
          "0",
          "-0",
          "+0",
          "0.0",
          "-0.0e99",
          "00000",
          "0e0",
          "0e37",
          "0e38",
          "0e-99",
          "1",
          "-1",
          "+7.",
          ".5",
          "-.25",
          "007.0700",
          " 12\t",
          "\n1.5\r",
          "\u00a01",
          "1\u007f",
          "\0001\000",
          "1f",
          "1F",
          "1d",
          "1.5D",
          "1e3d",
          "1df",
          "1L",
          "NaN",
          "nan",
          "nAN",
          "+NaN",
          "-NaN",
          "-nan",
          "+nan",
          "NaNd",
          "inf",
          "+INF",
          "-Inf",
          "Infinity",
          "-infinity",
          "+InFiNiTy",
          "Infinit",
          "infinityx",
          "1_000",
          "1,5",
          "0x",
          "0x1",
          "0x1p",
          "0x1p0",
          "-0X1.8P1",
          "0x.8p1d",
          "0x1.p-1f",
          "0x.p1",
          "0xg",
          "0x0p99999999999",
          "0x1p99999999999",
          "0x1p-99999999999",
          "0x1.fffffffffffff8p0",
          "0x1.fffffffffffff7p1023",
          "0x1.fffffffffffff8p1023",
          "0x1.000001p0",
          "0x1.00000100000000000000000000000000000001p0",
          "0x0.0000000000001p-1022",
          "0x1p-1075",
          "0x1.0000000000000000000000000000000001p-1075",
          "0x123456789abcdefABCDEF123456789abcdef.p0",
          "1e400",
          "-1e400",
          "1e-400",
          "1e99999999999",
          "1e-99999999999",
          "0e99999999999",
          "1e00000000000000000005",
          "1e2147483647",
          "1e-2147483647",
          "1e-2147483648",
          "1e-2147483649",
          "0.1e-2147483647",
          "1e-38",
          "5e-39",
          "4e-39",
          "0.5",
          "0.49999999999999999999999",
          "-0.5",
          "1.5",
          "2.5",
          "99.995",
          "99.994999",
          "9.5",
          "999.99499999999999999999999999999999999999999999",
          "99999999999999999999.99",
          "12345678901234567890123456789012345678",
          "99999999999999999999999999999999999999",
          "99999999999999999999999999999999999999.4",
          "99999999999999999999999999999999999999.5",
          "100000000000000000000000000000000000000",
          "0.00000000000000000000000000000000000001",
          "1.7976931348623157e308",
          "1.7976931348623158e308",
          "1.7976931348623159e308",
          "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649"
              + "017977587207096330286416692887910946555547851940402630657488671505820681908902000708"
              + "383676273854845817711531764475730270069855571366959622842914819860834936475292719074"
              + "168444365510704342711559699508093042880",
          "4.9e-324",
          "2.5e-324",
          "2.4703282292062327e-324",
          "2.4703282292062328e-324",
          "2.4e-324",
          "2.2250738585072014e-308",
          "2.2250738585072011e-308",
          "2.2250738585072012e-308",
          "9007199254740993",
          "9007199254740992.99999",
          "9007199254740993.00001",
          "4503599627370497.5",
          "4503599627370496.5",
          "4503599627370497.50000000000000000000001",
          "1e23",
          "8.5e22",
          "1e22",
          "123456789012345678901234567890",
          "3.4028235e38",
          "3.4028235677973366e38",
          "3.4028235677973367e38",
          "3.4028236e38",
          "1.4e-45",
          "7e-46",
          "7.006492321624085e-46",
          "7.006492321624086e-46",
          "1.17549435e-38",
          "16777217",
          "16777217.0000000000000000000000001",
          "16777219",
          "0.1",
          "0.3",
          "1.0000001192092896",
          "1.00000005960464477539062",
          "1.000000059604644775390625",
          "1.0000000596046447753906251",
          "\uff11\uff12.\uff15",
          "\u0663e\u0661",
          "-\u0967\u0968",
          "\ud835\udfce",
          "1\uff11e1\uff10",
          "abc",
          "1x",
          "é",
          "١");

  private NumberTexts() {}

  static List<String> all(Random random, int randoms) {
    List<String> texts = new ArrayList<>(FORMS);
    texts.add("0." + "0".repeat(400) + "1e400");
    texts.add("1" + "0".repeat(400) + "e-400");
    texts.add(halfway(1.0, 0) + "0".repeat(900) + "1");
    for (int i = 0; i < randoms; i++) {
      texts.add(random(random));
    }
    return texts;
  }

  private static String random(Random random) {
    double bits = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
    double number = Double.isFinite(bits) ? bits : random.nextGaussian();
    float single = Math.abs(Float.intBitsToFloat(random.nextInt()));
    float finite = Float.isFinite(single) ? single : random.nextFloat();
    return switch (random.nextInt(10)) {
      case 0 -> Double.toString(number);
      case 1 -> Float.toString(finite);
      case 2 -> halfway(number, random.nextInt(3) - 1);
      case 3 -> halfway(finite, random.nextInt(3) - 1);
      case 4 -> rounded(number, random);
      case 5 -> halfway(random.nextInt(1 << 20) * Math.scalb(1.0, random.nextInt(60) - 30), 0);
      case 6 -> Double.toHexString(number);
      case 7 -> digits(random, 45) + "." + digits(random, 45);
      case 8 -> digits(random, 22) + "." + digits(random, 12) + "E" + (random.nextInt(60) - 30);
      default -> "-" + digits(random, 18) + "." + digits(random, 20);
    };
  }

  private static String digits(Random random, int most) {
    StringBuilder digits = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** All digits of the middle between a double and the next one, and a little off it. */
  private static String halfway(double number, int off) {
    BigDecimal a = new BigDecimal(number);
    return moved(a.add(new BigDecimal(Math.nextUp(number))), off);
  }

  private static String halfway(float number, int off) {
    BigDecimal a = new BigDecimal(number);
    return moved(a.add(new BigDecimal((double) Math.nextUp(number))), off);
  }

  private static String moved(BigDecimal twice, int off) {
    BigDecimal middle = twice.divide(BigDecimal.valueOf(2));
    return middle.add(middle.ulp().movePointLeft(3).multiply(BigDecimal.valueOf(off))).toString();
  }

  private static String rounded(double number, Random random) {
    return new BigDecimal(number).round(new MathContext(1 + random.nextInt(25))).toString();
  }
}
