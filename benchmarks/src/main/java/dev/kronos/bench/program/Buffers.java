// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.program;

/**
 * Makes device buffers and moves bytes, in one style of programming.
 *
 * @param <B> the buffers
 */
public interface Buffers<B> {

  /** Allocates a buffer of the device. */
  B allocate(long sizeBytes);

  /** Copies an array to the start of a buffer that no work in flight touches. */
  void upload(byte[] source, B target);

  /** Copies the start of a buffer that no work in flight touches to an array. */
  void download(B source, byte[] target);

  /** Copies the start of a buffer to the start of another, and waits for it. */
  void copy(B source, B target, long sizeBytes);

  /** Fills the start of a buffer with a 32-bit pattern, and waits for it. */
  void fill(B target, long sizeBytes, int word);

  /** Frees a buffer. */
  void free(B buffer);
}
