// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Computes hashes of rows and digests of bytes, as {@link HashFunctions} lists them. Ownership,
 * errors and cost are those of {@link Elementwise}: O(n + b) work and memory for n rows of b bytes.
 * Thread-safe.
 */
public final class Hashes {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Hashes(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Hashes(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /** Returns hashes of rows of vectors: {@link HashFunctions#XXHASH64}. */
  public FieldVector xxhash64(FieldVector... values) {
    return elementwise.call(HashFunctions.XXHASH64, values);
  }

  /** Returns hashes of rows of vectors: {@link HashFunctions#MURMUR3}. */
  public FieldVector murmur3(FieldVector... values) {
    return elementwise.call(HashFunctions.MURMUR3, values);
  }

  /** Returns hashes of rows of vectors, with a seed: {@link HashFunctions#xxhash64(long)}. */
  public FieldVector xxhash64Seeded(long seed, FieldVector... values) {
    return elementwise.call(HashFunctions.xxhash64(seed), values);
  }

  /** Returns hashes of rows of vectors, with a seed: {@link HashFunctions#murmur3(int)}. */
  public FieldVector murmur3Seeded(int seed, FieldVector... values) {
    return elementwise.call(HashFunctions.murmur3(seed), values);
  }

  /** Returns digests: {@link HashFunctions#MD5}. */
  public FieldVector md5(FieldVector values) {
    return elementwise.call(HashFunctions.MD5, values);
  }

  /** Returns digests: {@link HashFunctions#SHA1}. */
  public FieldVector sha1(FieldVector values) {
    return elementwise.call(HashFunctions.SHA1, values);
  }

  /** Returns digests: {@link HashFunctions#SHA224}. */
  public FieldVector sha224(FieldVector values) {
    return elementwise.call(HashFunctions.SHA224, values);
  }

  /** Returns digests: {@link HashFunctions#SHA256}. */
  public FieldVector sha256(FieldVector values) {
    return elementwise.call(HashFunctions.SHA256, values);
  }

  /** Returns digests: {@link HashFunctions#SHA384}. */
  public FieldVector sha384(FieldVector values) {
    return elementwise.call(HashFunctions.SHA384, values);
  }

  /** Returns digests: {@link HashFunctions#SHA512}. */
  public FieldVector sha512(FieldVector values) {
    return elementwise.call(HashFunctions.SHA512, values);
  }

  /** Returns checksums: {@link HashFunctions#CRC32}. */
  public FieldVector crc32(FieldVector values) {
    return elementwise.call(HashFunctions.CRC32, values);
  }
}
