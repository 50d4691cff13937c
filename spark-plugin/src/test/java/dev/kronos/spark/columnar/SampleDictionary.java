// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.execution.vectorized.Dictionary;

/** Is a dictionary of strings, or of their lengths where numbers are asked for. */
record SampleDictionary(String... entries) implements Dictionary {
  @Override
  public int decodeToInt(int id) {
    return entries[id].length();
  }

  @Override
  public long decodeToLong(int id) {
    return entries[id].length();
  }

  @Override
  public float decodeToFloat(int id) {
    return entries[id].length();
  }

  @Override
  public double decodeToDouble(int id) {
    return entries[id].length();
  }

  @Override
  public byte[] decodeToBinary(int id) {
    return entries[id].getBytes(StandardCharsets.UTF_8);
  }
}
