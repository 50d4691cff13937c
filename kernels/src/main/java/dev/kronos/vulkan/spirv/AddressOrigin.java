// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

/**
 * Where an address comes from that others are computed from.
 *
 * @param kind how it is found
 * @param place its offset in the argument table, or its id
 */
record AddressOrigin(Kind kind, int place) {

  static final AddressOrigin TABLE = new AddressOrigin(Kind.TABLE, 0);
  static final AddressOrigin STATUS = new AddressOrigin(Kind.STATUS, 0);

  /** Stands for the origin of a value that is being traced. */
  static final AddressOrigin OPEN = new AddressOrigin(Kind.OPEN, 0);

  /** How an origin is found. */
  enum Kind {
    /** The argument table itself. */
    TABLE,
    /** The status block that the root names. */
    STATUS,
    /** An address that the argument table holds at a constant offset. */
    ARGUMENT,
    /** Any other value. */
    VALUE,
    /** Not yet known. */
    OPEN
  }

  static AddressOrigin argument(int offset) {
    return new AddressOrigin(Kind.ARGUMENT, offset);
  }

  static AddressOrigin value(int id) {
    return new AddressOrigin(Kind.VALUE, id);
  }

  /** Returns whether it is known when a kernel starts. */
  boolean early() {
    return kind != Kind.VALUE && kind != Kind.OPEN;
  }
}
