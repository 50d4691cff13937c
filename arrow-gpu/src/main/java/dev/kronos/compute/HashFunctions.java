// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.compute.FunctionForms.unary;

import dev.kronos.expression.Call;
import dev.kronos.expression.DigestFunction;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Murmur3;
import dev.kronos.expression.XxHash64;
import java.util.List;
import java.util.function.Function;

/**
 * Lists hashes of rows and digests of bytes. Arrow has none of them: the names are those of the
 * algorithms. Hashes take one vector or more, of any types, and are never null: nulls are passed
 * over. Their values are Spark's, so that rows meet those that Spark has told apart; unsigned
 * integers, halves, times, durations and bytes are hashed as the integers and strings that lie in
 * memory alike. A digest is null where its operand is.
 */
public final class HashFunctions {
  /** xxHash64 with the seed 42, Spark's: INT64. */
  public static final ArrowFunction XXHASH64 = xxhash64("xxhash64", 42);

  /** Murmur3 of 32 bits with the seed 42, Spark's: INT32. */
  public static final ArrowFunction MURMUR3 = murmur3("murmur3", Murmur3.PARTITION_SEED);

  /** Digest of RFC 1321, 32 digits of base 16. */
  public static final ArrowFunction MD5 = digest("md5", DigestFunction.MD5);

  /** Digest of FIPS 180-4, section 6.1, 40 digits of base 16. */
  public static final ArrowFunction SHA1 = digest("sha1", DigestFunction.SHA1);

  /** Digest of FIPS 180-4, section 6.3, 56 digits of base 16. */
  public static final ArrowFunction SHA224 = digest("sha224", DigestFunction.SHA224);

  /** Digest of FIPS 180-4, section 6.2, 64 digits of base 16. */
  public static final ArrowFunction SHA256 = digest("sha256", DigestFunction.SHA256);

  /** Digest of FIPS 180-4, section 6.5, 96 digits of base 16. */
  public static final ArrowFunction SHA384 = digest("sha384", DigestFunction.SHA384);

  /** Digest of FIPS 180-4, section 6.4, 128 digits of base 16. */
  public static final ArrowFunction SHA512 = digest("sha512", DigestFunction.SHA512);

  /** Checksum of ISO 3309, INT64, 0 to 2^32 - 1. */
  public static final ArrowFunction CRC32 = digest("crc32", DigestFunction.CRC32);

  private HashFunctions() {}

  /** Makes {@link #XXHASH64} with another seed. */
  public static ArrowFunction xxhash64(long seed) {
    return xxhash64("xxhash64_seeded", seed);
  }

  /** Makes {@link #MURMUR3} with another seed. */
  public static ArrowFunction murmur3(int seed) {
    return murmur3("murmur3_seeded", seed);
  }

  private static ArrowFunction xxhash64(String name, long seed) {
    return hash(name, values -> new XxHash64(values, seed));
  }

  private static ArrowFunction murmur3(String name, int seed) {
    return hash(name, values -> new Murmur3(values, seed));
  }

  private static ArrowFunction hash(String name, Function<List<Expression>, Expression> hash) {
    return new ArrowFunction(
        name,
        Shape.MIXED,
        TypeGroup.ALL,
        operands -> hash.apply(operands.stream().map(CarriedRules::bits).toList()));
  }

  private static ArrowFunction digest(String name, DigestFunction function) {
    return unary(name, TypeGroup.BYTES, a -> Call.of(function, CarriedRules.bits(a)));
  }
}
