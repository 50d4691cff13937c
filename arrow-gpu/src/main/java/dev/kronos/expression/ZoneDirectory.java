// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The {@linkplain ZoneTable tables} of time zones by name, as a constant of kernels that is
 * searched there. Zones of the same rules share a table. Immutable.
 *
 * <pre>
 *   int64 words, little-endian; of a part the lower half is its offset, the upper half its size
 *     0  number of names
 *     1 + 2 i  name i, in the order of unsigned bytes
 *     2 + 2 i    its table
 *   tables, then characters of names
 * </pre>
 */
public final class ZoneDirectory {
  private static final int PART_BYTES = 2 * Long.BYTES;

  private final ByteBuffer bytes;

  private ZoneDirectory(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Reads a directory from its text. */
  static ZoneDirectory of(Utf8 text) {
    return new ZoneDirectory(text.buffer().order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * Makes the directory of zones.
   *
   * @param zones the zones by their names
   */
  public static ZoneDirectory of(Map<String, ZoneId> zones) {
    Map<Utf8, ZoneRules> sorted = new TreeMap<>();
    zones.forEach((name, zone) -> sorted.put(Utf8.of(name), zone.getRules()));
    Map<ZoneRules, Utf8> tables = new HashMap<>();
    zones
        .values()
        .forEach(
            zone ->
                tables.computeIfAbsent(
                    zone.getRules(), rules -> (Utf8) ZoneTable.of(zone).literal().value()));
    return new ZoneDirectory(laidOut(sorted, tables));
  }

  private static ByteBuffer laidOut(Map<Utf8, ZoneRules> names, Map<ZoneRules, Utf8> tables) {
    int end = Long.BYTES + names.size() * PART_BYTES;
    int size =
        end
            + tables.values().stream().mapToInt(Utf8::sizeBytes).sum()
            + names.keySet().stream().mapToInt(Utf8::sizeBytes).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(end);
    Map<ZoneRules, Long> parts = new HashMap<>();
    tables.forEach((rules, table) -> parts.put(rules, append(bytes, table)));
    int word = Long.BYTES;
    bytes.putLong(0, names.size());
    for (Map.Entry<Utf8, ZoneRules> entry : names.entrySet()) {
      bytes.putLong(word, append(bytes, entry.getKey()));
      bytes.putLong(word + Long.BYTES, parts.get(entry.getValue()));
      word += PART_BYTES;
    }
    return bytes;
  }

  private static long append(ByteBuffer bytes, Utf8 part) {
    long place = bytes.position();
    bytes.put(part.buffer());
    return place | ((long) part.sizeBytes() << Integer.SIZE);
  }

  /** Returns the directory as the constant that kernels take. */
  public Literal literal() {
    return new Literal(DataType.STRING, part(0, bytes.capacity()));
  }

  private Utf8 part(int offset, int size) {
    byte[] part = new byte[size];
    bytes.get(offset, part);
    return Utf8.of(part);
  }

  private Utf8 part(long place) {
    return part((int) place, (int) (place >>> Integer.SIZE));
  }

  /** Returns the table of the zone of a name. */
  Optional<ZoneTable> find(Utf8 name) {
    int low = 0;
    int high = (int) bytes.getLong(0);
    while (low < high) {
      int middle = (low + high) >>> 1;
      int word = Long.BYTES + middle * PART_BYTES;
      int order = name.compareTo(part(bytes.getLong(word)));
      if (order == 0) {
        return Optional.of(ZoneTable.of(part(bytes.getLong(word + Long.BYTES))));
      }
      low = order > 0 ? middle + 1 : low;
      high = order < 0 ? middle : high;
    }
    return Optional.empty();
  }
}
