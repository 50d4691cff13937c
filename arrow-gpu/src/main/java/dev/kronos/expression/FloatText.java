// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;

/**
 * Says which digits {@link Double#toString(double)} and {@link Float#toString(float)} choose. Java
 * 19 chose others than before (JDK-4511638). Kernels choose those of the JVM that makes them, as
 * Spark's executors do, which may run on another Java than the driver.
 */
public enum FloatText {
  /**
   * The fewest digits that read back as the number, nearest to it, as specified from Java 19 on.
   */
  SHORTEST("2.0E23", "9.9E-324", "2.8287938E17"),
  /** Those of Java 18 and earlier. */
  EARLY("1.9999999999999998E23", "1.0E-323", "2.82879379E17");

  private static final FloatText OF_JVM = probe();

  private final String large;
  private final String small;
  private final String single;

  FloatText(String large, String small, String single) {
    this.large = large;
    this.small = small;
    this.single = single;
  }

  private static FloatText probe() {
    for (FloatText text : values()) {
      if (text.isOfJvm()) {
        return text;
      }
    }
    return null;
  }

  private boolean isOfJvm() {
    return Double.toString(2e23).equals(large)
        && Double.toString(2 * Double.MIN_VALUE).equals(small)
        && Float.toString(2.8287938e17f).equals(single);
  }

  /** Tells whether the digits that the running JVM chooses are one of these. */
  public static boolean isKnown() {
    return OF_JVM != null;
  }

  /**
   * Returns the GLSL function of {@code digits.glsl} that gives the running JVM's digits.
   *
   * @param type FLOAT32 or FLOAT64
   * @throws IllegalStateException when the JVM's digits are not known
   */
  static String function(DataType type) {
    if (!isKnown()) {
      throw new IllegalStateException(
          "text of floating point numbers is not known: java=" + Runtime.version());
    }
    String bits = type.kind() == Kind.FLOAT32 ? "f32" : "f64";
    return "digits_" + bits + (OF_JVM == SHORTEST ? "_shortest" : "_early");
  }
}
