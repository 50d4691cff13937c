// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

/**
 * Says whether a plan node runs on the device; one text feeds the log, errors and documentation.
 */
public sealed interface SupportLevel {

  /** The node runs on the device with exactly Spark's answers. */
  record Compatible() implements SupportLevel {
    @Override
    public String reason() {
      return "";
    }
  }

  /**
   * The node could run on the device, but its answers might differ from Spark's: it stays on the
   * CPU.
   *
   * @param reason how they might differ
   */
  record Incompatible(String reason) implements SupportLevel {}

  /**
   * The node cannot run on the device.
   *
   * @param reason why
   */
  record Unsupported(String reason) implements SupportLevel {}

  /**
   * The node could run on the device, but is estimated to be slower there.
   *
   * @param reason what was estimated
   */
  record Slower(String reason) implements SupportLevel {}

  /**
   * The node has no place on the device: it computes nothing, or belongs to Spark's own machinery.
   *
   * @param reason what it is
   */
  record Exempt(String reason) implements SupportLevel {}

  /** Returns why the node stays on the CPU; empty when it does not. */
  String reason();

  /** Tells whether the node computes something that could run on the device but does not. */
  default boolean fallsBack() {
    return isObstructed() || this instanceof Slower;
  }

  /** Tells whether the node should run on the device but cannot. */
  default boolean isObstructed() {
    return this instanceof Incompatible || this instanceof Unsupported;
  }
}
