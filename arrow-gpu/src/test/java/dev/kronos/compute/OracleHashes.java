// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Murmur3;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.expression.Utf8;
import dev.kronos.expression.XxHash64;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Says what digests give, from Java's own, and hashes, from their twins: those are held against
 * Spark's where the plugin is tested.
 */
final class OracleHashes {
  /** Rules for values that are not null. */
  static final Map<String, OracleRule> RULES = new HashMap<>();

  static {
    Map.of(
            "md5", "MD5", "sha1", "SHA-1", "sha224", "SHA-224", "sha256", "SHA-256", "sha384",
            "SHA-384", "sha512", "SHA-512")
        .forEach((name, java) -> RULES.put(name, (t, v) -> digest(java, (Utf8) v.get(0))));
    RULES.put("crc32", (t, v) -> checksum((Utf8) v.get(0)));
  }

  private OracleHashes() {}

  private static Object digest(String algorithm, Utf8 text) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(text.bytes());
      return Utf8.of(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Object checksum(Utf8 text) {
    CRC32 crc = new CRC32();
    crc.update(text.bytes());
    return crc.getValue();
  }

  private static List<Expression> operands(DataType type, List<Object> values) {
    List<DataType> types = List.of(type.carrier(), DataType.INT16, DataType.STRING);
    List<Expression> operands = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      operands.add(new Literal(types.get(i), values.get(i)));
    }
    return operands;
  }

  static Object xxhash64(DataType type, List<Object> values, long seed) {
    return RowEvaluator.evaluate(new XxHash64(operands(type, values), seed), column -> null);
  }

  static Object murmur3(DataType type, List<Object> values, int seed) {
    return RowEvaluator.evaluate(new Murmur3(operands(type, values), seed), column -> null);
  }

  /** Lists the hashes by seeds that are not the usual one; they look at nulls. */
  static List<ParameterCase> cases() {
    List<ParameterCase> cases = new ArrayList<>();
    for (int seed : new int[] {0, -1}) {
      cases.add(
          ParameterCase.seeingNulls(
              "" + seed, HashFunctions.xxhash64(seed), (t, v) -> xxhash64(t, v, seed)));
      cases.add(
          ParameterCase.seeingNulls(
              "" + seed, HashFunctions.murmur3(seed), (t, v) -> murmur3(t, v, seed)));
    }
    return cases;
  }
}
