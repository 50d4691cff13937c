// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/**
 * What became of one expression on one row: a value, null, or an error.
 *
 * @param value the value, or null
 * @param error the error, or null when there is none
 */
record Outcome(Object value, RowError error) {

  /**
   * Tells whether a device gave the expected outcome. All NaNs are one. A result below the smallest
   * normal number may be a zero: software Vulkan on processors computes with denormals flushed to
   * zero and its floating point is documented so; nothing in the API can ask otherwise.
   */
  boolean matches(Outcome device) {
    if (error != device.error) {
      return false;
    }
    if (value instanceof Double a && device.value instanceof Double b) {
      return a.equals(b) || (isSubnormal(a) && b == 0);
    }
    if (value instanceof Float a && device.value instanceof Float b) {
      return a.equals(b) || (isSubnormal(a) && b == 0);
    }
    return value == null ? device.value == null : value.equals(device.value);
  }

  private static boolean isSubnormal(double number) {
    return number != 0 && Math.abs(number) < Double.MIN_NORMAL;
  }

  private static boolean isSubnormal(float number) {
    return number != 0 && Math.abs(number) < Float.MIN_NORMAL;
  }
}
