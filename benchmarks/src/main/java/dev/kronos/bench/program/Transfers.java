// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.program;

/** Moves bytes with two device arrays of one size. Each call returns when its bytes are there. */
public interface Transfers extends AutoCloseable {

  /** Allocates the two arrays; the caller closes what it gets. */
  static <B> Transfers of(Buffers<B> buffers, long sizeBytes) {
    return new BufferTransfers<>(buffers, sizeBytes);
  }

  /** Copies a Java array to the first device array. */
  void upload(byte[] source);

  /** Copies the second device array to a Java array. */
  void download(byte[] target);

  /** Copies the first device array to the second. */
  void copy();

  /** Fills the second device array with a 32-bit pattern. */
  void fill(int word);

  @Override
  void close();
}
