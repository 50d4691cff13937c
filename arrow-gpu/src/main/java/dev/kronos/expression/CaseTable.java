// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A mapping of characters, such as to upper case, learnt from a function of strings by trying every
 * character. Malformed bytes become U+FFFD, as Java decodes them. One mapping looks at its
 * neighbours: a sigma becomes another letter at the end of a word; which letters and marks decide
 * that is learnt, too. Immutable.
 *
 * <pre>
 *   0    uint count of entries
 *   4    128 bytes, what characters of ASCII become
 *   132  entries by character: uint character | class &lt;&lt; 24, uint offset &lt;&lt; 8 | size;
 *        size 255 for the character itself; a sigma's 4 bytes are both of its forms
 *   ...  characters
 * </pre>
 *
 * @param bytes the table
 */
public record CaseTable(Utf8 bytes) {
  private static final int ASCII = 0x80;
  private static final int ITSELF = 0xFF;
  private static final int SIGMA = 0x3A3;
  private static final int REPLACEMENT = 0xFFFD;
  private static final int CASED = 1;
  private static final int SKIPPED = 2;
  private static final int ENTRIES = Integer.BYTES + ASCII;
  private static final String LAST_FORM = "ς";

  /** Returns the mapping to upper case of this version of Java, in no language. */
  public static CaseTable upper() {
    return OfJava.UPPER;
  }

  /** Returns the mapping to lower case of this version of Java, in no language. */
  public static CaseTable lower() {
    return OfJava.LOWER;
  }

  /** Makes the tables when they are first asked for. */
  private static final class OfJava {
    static final CaseTable UPPER = learn(text -> text.toUpperCase(Locale.ROOT));
    static final CaseTable LOWER = learn(text -> text.toLowerCase(Locale.ROOT));
  }

  /**
   * Learns what becomes of the characters that words start with. Takes tens of milliseconds.
   *
   * @param function maps strings of one character
   */
  public static CaseTable learnHeads(UnaryOperator<String> function) {
    return learn(
        text ->
            text.codePoints()
                .mapToObj(c -> function.apply(Character.toString(c)))
                .collect(Collectors.joining()));
  }

  /**
   * Learns a mapping. Takes tens of milliseconds.
   *
   * @param function maps strings character by character, but for the sigma
   */
  public static CaseTable learn(UnaryOperator<String> function) {
    boolean looksAround = function.apply("AΣ").endsWith(LAST_FORM);
    TreeMap<Integer, byte[]> mapped = new TreeMap<>();
    TreeMap<Integer, Integer> classes = new TreeMap<>();
    byte[] ascii = new byte[ASCII];
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (isNoCharacter(c)) {
        continue;
      }
      String text = Character.toString(c);
      String other = function.apply(text);
      if (c < ASCII) {
        ascii[c] = (byte) other.charAt(0);
      } else if (!other.equals(text)) {
        mapped.put(c, other.getBytes(StandardCharsets.UTF_8));
      }
      int kind = looksAround ? kind(text, function) : 0;
      if (kind != 0) {
        classes.put(c, kind);
      }
    }
    if (looksAround) {
      mapped.put(SIGMA, ("σ" + LAST_FORM).getBytes(StandardCharsets.UTF_8));
    }
    return new CaseTable(Utf8.of(table(ascii, mapped, classes)));
  }

  private static boolean isNoCharacter(int c) {
    return c == REPLACEMENT
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || Character.getType(c) == Character.UNASSIGNED
        || Character.getType(c) == Character.PRIVATE_USE;
  }

  private static int kind(String text, UnaryOperator<String> function) {
    if (function.apply(text + "Σ").endsWith(LAST_FORM)) {
      return CASED;
    }
    return function.apply("A" + text + "Σ").endsWith(LAST_FORM) ? SKIPPED : 0;
  }

  private static byte[] table(
      byte[] ascii, TreeMap<Integer, byte[]> mapped, TreeMap<Integer, Integer> classes) {
    TreeMap<Integer, byte[]> entries = new TreeMap<>(mapped);
    classes.keySet().forEach(c -> entries.putIfAbsent(c, null));
    ByteBuffer table =
        ByteBuffer.allocate(ENTRIES + entries.size() * 2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream characters = new ByteArrayOutputStream();
    table.putInt(entries.size()).put(ascii);
    entries.forEach(
        (c, text) -> {
          table.putInt(c | classes.getOrDefault(c, 0) << 24);
          table.putInt(characters.size() << 8 | (text == null ? ITSELF : text.length));
          characters.writeBytes(text == null ? new byte[0] : text);
        });
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(table.array());
    whole.writeBytes(characters.toByteArray());
    return whole.toByteArray();
  }

  /** Returns a call that maps a string by this table. */
  public TextCall map(Expression text) {
    return TextCall.of(TextFunction.MAP, text, new Literal(DataType.STRING, bytes));
  }

  /** Returns a call that maps words: their first characters by this table, others by another. */
  public Call mapWords(Expression text, CaseTable others) {
    return Call.of(
        WordFunction.INITCAP,
        text,
        new Literal(DataType.STRING, bytes),
        new Literal(DataType.STRING, others.bytes));
  }

  /** Maps a string. */
  static Utf8 map(Utf8 text, Utf8 table) {
    return new Mapper(table).map(text.toString().codePoints().toArray());
  }

  /** Maps the characters at the start and behind spaces by one table, the others by another. */
  static Utf8 mapWords(Utf8 text, Utf8 heads, Utf8 others) {
    Mapper head = new Mapper(heads);
    Mapper other = new Mapper(others);
    int[] characters = text.toString().codePoints().toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < characters.length; i++) {
      boolean starts = i == 0 || characters[i - 1] == ' ';
      (starts ? head : other).append(out, characters, i);
    }
    return Utf8.of(out.toByteArray());
  }

  /** Reads a table. */
  private static final class Mapper {
    private final byte[] table;
    private final ByteBuffer words;
    private final int count;

    Mapper(Utf8 table) {
      this.table = table.bytes();
      this.words = ByteBuffer.wrap(this.table).order(ByteOrder.LITTLE_ENDIAN);
      this.count = words.getInt(0);
    }

    Utf8 map(int[] characters) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = 0; i < characters.length; i++) {
        append(out, characters, i);
      }
      return Utf8.of(out.toByteArray());
    }

    void append(ByteArrayOutputStream out, int[] characters, int i) {
      int c = characters[i];
      if (c < ASCII) {
        out.write(table[Integer.BYTES + c]);
        return;
      }
      int entry = find(c);
      int value = entry < 0 ? ITSELF : words.getInt(entry + Integer.BYTES);
      int size = value & 0xFF;
      if (size == ITSELF) {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        return;
      }
      int at = ENTRIES + count * 2 * Integer.BYTES + (value >>> 8);
      if (c == SIGMA && size == 4) {
        at += isLast(characters, i) ? 2 : 0;
        size = 2;
      }
      out.write(table, at, size);
    }

    /** Returns where a character's entry is, or a negative number. */
    private int find(int c) {
      int low = 0;
      int high = count;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if ((words.getInt(ENTRIES + middle * 8) & 0xFFFFFF) < c) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      int at = ENTRIES + low * 8;
      return low < count && (words.getInt(at) & 0xFFFFFF) == c ? at : -1;
    }

    private int kind(int c) {
      int entry = find(c);
      return entry < 0 ? 0 : words.getInt(entry) >>> 24;
    }

    private boolean isLast(int[] characters, int sigma) {
      int before = sigma - 1;
      while (before >= 0 && kind(characters[before]) == SKIPPED) {
        before--;
      }
      int after = sigma + 1;
      while (after < characters.length && kind(characters[after]) == SKIPPED) {
        after++;
      }
      return before >= 0
          && kind(characters[before]) == CASED
          && (after == characters.length || kind(characters[after]) != CASED);
    }
  }

  @Override
  public String toString() {
    return "case table of " + bytes.sizeBytes() + " bytes";
  }
}
