// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import java.util.ArrayList;
import java.util.List;

/**
 * Describes a kernel's argument table: the struct that {@code root.args} points to. Fields follow
 * one another at their natural alignment. Immutable.
 *
 * @param struct its name in the GLSL source
 * @param fields in order
 */
public record ArgumentLayout(String struct, List<Field> fields) {

  /** Tells the kinds of field. */
  public enum Type {
    /** A device address, 8 bytes. */
    ADDRESS(8, 8),
    /** An unsigned 64-bit number. */
    UINT64(8, 8),
    /** An unsigned 32-bit number. */
    UINT32(4, 4),
    /** A 32-bit float. */
    FLOAT32(4, 4),
    /** A 64-bit float. */
    FLOAT64(8, 8),
    /** A column descriptor, as {@code include/types.glsl} draws it. */
    COLUMN(40, 8);

    private final int sizeBytes;
    private final int alignment;

    Type(int sizeBytes, int alignment) {
      this.sizeBytes = sizeBytes;
      this.alignment = alignment;
    }

    /** Returns the size in bytes. */
    public int sizeBytes() {
      return sizeBytes;
    }
  }

  /**
   * Names a field.
   *
   * @param name as in the GLSL source
   * @param type its kind
   * @param offsetBytes from the table's start
   */
  public record Field(String name, Type type, int offsetBytes) {}

  /** Copies the fields. */
  public ArgumentLayout {
    fields = List.copyOf(fields);
  }

  /**
   * Starts a layout.
   *
   * @param struct the struct's name in the GLSL source
   * @return a layout without fields
   */
  public static ArgumentLayout of(String struct) {
    return new ArgumentLayout(struct, List.of());
  }

  /**
   * Makes a layout with one field more.
   *
   * @param type the field's kind
   * @param name the field's name
   * @return the longer layout
   */
  public ArgumentLayout with(Type type, String name) {
    int offset = roundUp(end(), type.alignment);
    List<Field> longer = new ArrayList<>(fields);
    longer.add(new Field(name, type, offset));
    return new ArgumentLayout(struct, longer);
  }

  /**
   * Returns the size of the table in bytes, a multiple of 8.
   *
   * @return the size
   */
  public int sizeBytes() {
    return roundUp(end(), Long.BYTES);
  }

  /**
   * Finds where a field starts.
   *
   * @param name the field
   * @return its offset in bytes
   * @throws IllegalArgumentException if there is no such field
   */
  public int offsetBytes(String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such argument: struct=" + struct + ", field=" + name))
        .offsetBytes();
  }

  private int end() {
    if (fields.isEmpty()) {
      return 0;
    }
    Field last = fields.get(fields.size() - 1);
    return last.offsetBytes() + last.type().sizeBytes;
  }

  private static int roundUp(int value, int alignment) {
    return (value + alignment - 1) / alignment * alignment;
  }
}
