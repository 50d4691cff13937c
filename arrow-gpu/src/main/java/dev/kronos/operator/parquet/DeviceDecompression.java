// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

/** Says which compressed pages the device decompresses, of those that it can. */
public enum DeviceDecompression {
  /** None: the processor decompresses all. */
  NONE,
  /**
   * Those of numbers and of ids of dictionaries, whatever the dictionary has. Strings themselves
   * have long matches, which one workgroup follows more slowly than a processor does.
   */
  NUMBERS,
  /** All. */
  ALL;

  /**
   * Tells whether a page is one of these.
   *
   * @param form what values the column has
   * @param encoding how the page has them
   */
  boolean has(PhysicalType.Form form, PageValues.Encoding encoding) {
    return switch (this) {
      case NONE -> false;
      case NUMBERS ->
          form != PhysicalType.Form.STRING || encoding == PageValues.Encoding.DICTIONARY;
      case ALL -> true;
    };
  }
}
