// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Immutable UTF-8 characters, compared as unsigned bytes. Invalid UTF-8 is kept as it is. */
public final class Utf8 implements Comparable<Utf8> {
  private final byte[] bytes;

  /** 0 until it is asked for: some constants are megabytes long. */
  private int hash;

  private Utf8(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies {@code bytes}. */
  public static Utf8 of(byte[] bytes) {
    return new Utf8(bytes.clone());
  }

  /** Encodes {@code text}. */
  public static Utf8 of(String text) {
    return new Utf8(Objects.requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the bytes without a copy, to be read. */
  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Returns the number of bytes. */
  public int sizeBytes() {
    return bytes.length;
  }

  @Override
  public int compareTo(Utf8 other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Utf8 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.hashCode(bytes);
    }
    return hash;
  }

  /** Decodes the bytes; invalid sequences become the replacement character. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
