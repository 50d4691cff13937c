// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * A pattern of java.time that a kernel writes and reads wall clocks by: {@code y} of 4 and of 2
 * letters, {@code M d H m s} of 1 and of 2, {@code S} of up to 9, and ASCII characters, letters in
 * quotes. Immutable.
 *
 * <pre>
 *   3 bytes a step: a letter, the number of letters, and digits that follow without a sign between
 *                   'L' for a character, 0, the character
 *                   'N' for a name, the field, the number of steps behind it that hold the names
 * </pre>
 *
 * @param program the steps
 */
public record TimePattern(Utf8 program) {
  /** Bytes a step. */
  static final int STEP_BYTES = 3;

  /** Stands for a character. */
  static final byte LITERAL = 'L';

  /** Stands for a name; the steps behind it hold all names, of {@link #NAME_BYTES} each. */
  static final byte NAME = 'N';

  /** Bytes a name: its size and the characters. */
  static final int NAME_BYTES = 10;

  private static final String FIELDS = "yMdHhmsS";
  private static final String RESERVED = "[]{}#";
  private static final int MOST_DIGITS = 9;

  private static final char QUOTE = '\'';

  /** Says what a pattern is for. */
  public enum Use {
    /** Wall clocks become strings. */
    WRITE,
    /** Strings become wall clocks. */
    READ
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException when it has something that kernels do not know
   */
  public static TimePattern compile(String pattern, Use use) {
    return new TimePattern(Utf8.of(new Compiler(pattern, use).steps()));
  }

  /** Returns the bytes of a step and of the names behind it. */
  static int stepBytes(byte[] program, int step) {
    return STEP_BYTES * (program[step] == NAME ? 1 + program[step + 2] : 1);
  }

  /** Returns a call that writes a wall clock. */
  public Call write(Expression clock) {
    return Call.of(FormatFunction.WRITE, clock, new Literal(DataType.STRING, program));
  }

  /** Returns a call that reads a wall clock; fails, or is null, where the text is no time. */
  public Call read(Expression text, ErrorMode mode) {
    return new Call(
        FormatFunction.READ, List.of(text, new Literal(DataType.STRING, program)), mode);
  }

  /**
   * Names of a field, as Java writes them in English.
   *
   * @param letter the field: M of the month, E of the day of the week, a of the half of the day
   * @param texts the names, from January, Monday and AM on
   */
  private record Names(char letter, List<String> texts) {
    private static final LocalDateTime MONDAY = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final int HALF_HOURS = 12;

    /** Returns the names of a field, or null. */
    static Names of(char letter, int count) {
      return switch (letter) {
        case 'M' -> count == 3 || count == 4 ? of(letter, count, 12, MONDAY::plusMonths) : null;
        case 'E' -> count <= 4 ? of(letter, count, 7, MONDAY::plusDays) : null;
        case 'a' -> count == 1 ? of(letter, 1, 2, i -> MONDAY.plusHours(i * HALF_HOURS)) : null;
        default -> null;
      };
    }

    private static Names of(char letter, int count, int size, LongFunction<LocalDateTime> clock) {
      DateTimeFormatter java =
          DateTimeFormatter.ofPattern(String.valueOf(letter).repeat(count), Locale.US);
      return new Names(
          letter, LongStream.range(0, size).mapToObj(clock).map(java::format).toList());
    }

    int steps() {
      return (texts.size() * NAME_BYTES + STEP_BYTES - 1) / STEP_BYTES;
    }
  }

  /** Makes steps of a pattern. */
  private static final class Compiler {
    private final String pattern;
    private final Use use;
    private final ByteArrayOutputStream steps = new ByteArrayOutputStream();

    private int at;

    Compiler(String pattern, Use use) {
      this.pattern = pattern;
      this.use = use;
    }

    byte[] steps() {
      while (at < pattern.length()) {
        char c = pattern.charAt(at);
        if (c == QUOTE) {
          quoted();
        } else if (Character.isLetter(c)) {
          field(c);
        } else {
          require(RESERVED.indexOf(c) < 0);
          literal(c);
          at++;
        }
      }
      byte[] made = steps.toByteArray();
      if (use == Use.READ) {
        checkRuns(made);
      }
      return made;
    }

    private void require(boolean known) {
      if (!known) {
        throw new IllegalArgumentException("pattern is not known: pattern=" + pattern);
      }
    }

    private void literal(char c) {
      require(c > 0 && c < 0x80);
      step(LITERAL, 0, c);
    }

    private void step(int code, int count, int more) {
      steps.write(code);
      steps.write(count);
      steps.write(more);
    }

    /** Two quotes are one, inside and outside of quotes. */
    private void quoted() {
      int end = at + 1;
      if (end < pattern.length() && pattern.charAt(end) == QUOTE) {
        literal(QUOTE);
        at += 2;
        return;
      }
      while (true) {
        require(end < pattern.length());
        if (pattern.charAt(end) != QUOTE) {
          literal(pattern.charAt(end++));
        } else if (end + 1 < pattern.length() && pattern.charAt(end + 1) == QUOTE) {
          literal(QUOTE);
          end += 2;
        } else {
          break;
        }
      }
      at = end + 1;
    }

    private void field(char letter) {
      int count = 1;
      while (at + count < pattern.length() && pattern.charAt(at + count) == letter) {
        count++;
      }
      Names names = Names.of(letter, count);
      if (names != null && use == Use.WRITE) {
        names(names);
        at += count;
        return;
      }
      require(FIELDS.indexOf(letter) >= 0 && !(letter == 'h' && use == Use.READ));
      require(
          switch (letter) {
            case 'y' -> count == 4 || count == 2;
            case 'S' -> count <= MOST_DIGITS;
            default -> count <= 2;
          });
      step(letter, count, 0);
      at += count;
    }

    private void names(Names names) {
      ByteBuffer bytes = ByteBuffer.allocate(names.steps() * STEP_BYTES);
      for (int i = 0; i < names.texts().size(); i++) {
        byte[] text = names.texts().get(i).getBytes(StandardCharsets.US_ASCII);
        require(text.length < NAME_BYTES);
        bytes.put(i * NAME_BYTES, (byte) text.length).put(i * NAME_BYTES + 1, text);
      }
      step(NAME, names.letter(), names.steps());
      steps.writeBytes(bytes.array());
    }

    /** Fields next to each other share their digits; a field stands once. */
    private void checkRuns(byte[] made) {
      Set<Byte> seen = new HashSet<>();
      int behind = 0;
      boolean digits = false;
      for (int i = made.length - STEP_BYTES; i >= 0; i -= STEP_BYTES) {
        byte code = made[i];
        int count = made[i + 1];
        if (code == LITERAL) {
          require(!isDigit(made[i + 2]) || !digits);
          digits = isDigit(made[i + 2]);
          behind = 0;
          continue;
        }
        require(seen.add(code));
        boolean fixed = count == 2 && code != 'S';
        boolean year = code == 'y' && count == 4;
        // What takes as many digits as there are is known to end only where something else stands.
        require(fixed || !digits || (year && behind > 0));
        // The fraction is read apart.
        require(code != 'S' || i == 0 || made[i - STEP_BYTES] == LITERAL);
        if (year) {
          made[i + 2] = (byte) behind;
        }
        behind = fixed ? behind + count : 0;
        digits = true;
      }
    }

    private static boolean isDigit(byte c) {
      return c >= '0' && c <= '9';
    }
  }

  @Override
  public String toString() {
    return "time pattern of " + program.sizeBytes() / STEP_BYTES + " steps";
  }
}
