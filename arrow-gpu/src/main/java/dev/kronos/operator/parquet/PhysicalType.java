// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

/**
 * Tells how a file stores the values of a column plainly ("Plain" in the Parquet format's
 * Encodings.md).
 *
 * @param form what a value is made of
 * @param widthBytes bytes of a value, 1 or more; 0 for bits and strings
 */
public record PhysicalType(Form form, int widthBytes) {

  /** Lists what values are made of. */
  public enum Form {
    /** One bit a value, lowest bit first. */
    BITS,
    /** Bytes, the least significant one first. */
    LITTLE_ENDIAN,
    /** Bytes of a signed integer, the most significant one first. */
    BIG_ENDIAN,
    /** Four bytes of length, the least significant one first, and so many characters. */
    STRING
  }

  /** Booleans. */
  public static final PhysicalType BITS = new PhysicalType(Form.BITS, 0);

  /** Byte arrays that are characters. */
  public static final PhysicalType STRING = new PhysicalType(Form.STRING, 0);

  /** Checks the width. */
  public PhysicalType {
    boolean fixed = form == Form.LITTLE_ENDIAN || form == Form.BIG_ENDIAN;
    if (fixed ? widthBytes < 1 : widthBytes != 0) {
      throw new IllegalArgumentException(
          "width does not fit the form: form=" + form + " widthBytes=" + widthBytes);
    }
  }

  /** Makes the type of numbers of so many bytes, the least significant one first. */
  public static PhysicalType littleEndian(int widthBytes) {
    return new PhysicalType(Form.LITTLE_ENDIAN, widthBytes);
  }

  /** Makes the type of integers of so many bytes, the most significant one first. */
  public static PhysicalType bigEndian(int widthBytes) {
    return new PhysicalType(Form.BIG_ENDIAN, widthBytes);
  }
}
