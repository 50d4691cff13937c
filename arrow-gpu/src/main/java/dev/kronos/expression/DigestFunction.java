// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;

/** Lists digests of the bytes of strings; but for the checksum they are digits of base 16. */
public enum DigestFunction implements ScalarFunction {
  /** RFC 1321; 32 digits. */
  MD5("MD5"),
  /** FIPS 180-4, section 6.1; 40 digits. */
  SHA1("SHA-1"),
  /** FIPS 180-4, section 6.3; 56 digits. */
  SHA224("SHA-224"),
  /** FIPS 180-4, section 6.2; 64 digits. */
  SHA256("SHA-256"),
  /** FIPS 180-4, section 6.5; 96 digits. */
  SHA384("SHA-384"),
  /** FIPS 180-4, section 6.4; 128 digits. */
  SHA512("SHA-512"),
  /** The checksum of ISO 3309, INT64, 0 to 2^32 - 1. */
  CRC32(DataType.INT64, DigestFunction::checksum);

  private final Definition definition;

  DigestFunction(String algorithm) {
    this(DataType.STRING, v -> digits(algorithm, (Utf8) v.get(0)));
  }

  DigestFunction(DataType type, Function<List<Object>, Object> java) {
    definition = new Definition(Signature.of(type, DataType.STRING), Failure.NEVER, java);
  }

  private static Object digits(String algorithm, Utf8 text) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(text.bytes());
      return Utf8.of(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("digest is missing: algorithm=" + algorithm, e);
    }
  }

  private static Object checksum(List<Object> v) {
    CRC32 crc = new CRC32();
    crc.update(((Utf8) v.get(0)).bytes());
    return crc.getValue();
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public boolean makesText() {
    return this != CRC32;
  }

  @Override
  public String family() {
    return "digest";
  }
}
