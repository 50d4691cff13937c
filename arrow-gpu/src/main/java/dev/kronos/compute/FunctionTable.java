// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the page of functions, {@code docs/generated/functions.md}, from {@link
 * FunctionCatalogue}. A test compares the file with it.
 */
final class FunctionTable {
  private static final String HEADER =
      """
      # Functions over Arrow vectors

      Generated from `dev.kronos.compute.FunctionCatalogue`; do not edit. Names and the treatment of
      nulls are Arrow's; the classes are those of `dev.kronos.compute`, and
      [docs/arrow](../arrow/README.md) shows how to call them. A cross says that the function takes
      the type. `timestamp` counts microseconds, with a time zone or, as `timestamp_ntz`, without;
      `decimal` is decimal128; `string` is utf8 and large_utf8, `binary` is binary and large_binary, of
      up to 2 GiB; times and durations come in every unit, and operands of one function in the same.

      Selection moves values without looking at them and takes more: every vector of bits, of 1, 2,
      4, 8 or 16 bytes a value, or with offsets, dictionary indices included. Every function takes
      dictionary-encoded vectors as values of its types where its class is given their dictionaries:
      [types.md](../arrow/types.md#dictionaries).
      """;

  private static final String CASTS =
      """

      ## Casts

      `Conversions.cast` fails where a value does not fit, `Conversions.castUnchecked` does not. Rows
      are what is cast, columns what it becomes.
      """;

  private FunctionTable() {}

  /** Returns the page as Markdown. */
  static String markdown() {
    StringBuilder text = new StringBuilder(HEADER);
    for (FunctionCatalogue.Family family : FunctionCatalogue.families()) {
      text.append("\n## ").append(family.title()).append("\n\n");
      text.append(head("function | Java"));
      for (FunctionCatalogue.Entry entry : family.entries()) {
        String name = "`" + entry.name() + "` | `" + entry.method() + "`";
        text.append(row(name, entry.kinds()::contains));
      }
    }
    text.append(CASTS).append("\n").append(head("from"));
    for (Kind from : Kind.values()) {
      text.append(row("`" + name(from) + "`", to -> CastRules.supports(type(from), type(to))));
    }
    return text.toString();
  }

  private static String head(String first) {
    String names =
        Stream.of(Kind.values()).map(FunctionTable::name).collect(Collectors.joining(" | "));
    int columns = Kind.values().length + first.split("\\|", -1).length;
    return "| " + first + " | " + names + " |\n" + "|---".repeat(columns) + "|\n";
  }

  private static String row(String first, Predicate<Kind> takes) {
    String marks =
        Stream.of(Kind.values())
            .map(kind -> takes.test(kind) ? "×" : " ")
            .collect(Collectors.joining(" | "));
    return "| " + first + " | " + marks + " |\n";
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Returns a type of a kind; whether it casts depends neither on digits nor on units. */
  private static DataType type(Kind kind) {
    return switch (kind) {
      case DECIMAL -> DataType.decimal(9, 2);
      case TIME64 -> DataType.TIME_NANOS;
      default -> new DataType(kind, 0, 0);
    };
  }

  /** Returns the Java spelling of Arrow's name: {@code add_checked} is {@code addChecked}. */
  static String camelCase(String name) {
    List<String> words = List.of(name.split("_"));
    return words.stream()
        .skip(1)
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining("", words.get(0), ""));
  }
}
