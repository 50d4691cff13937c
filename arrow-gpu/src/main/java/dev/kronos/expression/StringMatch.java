// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.Objects;

/**
 * Tests where one string lies in another, byte by byte; null if either is null. The empty string
 * lies everywhere.
 *
 * @param place where it must lie
 * @param text the string that is looked into
 * @param part the string that is looked for
 */
public record StringMatch(Place place, Expression text, Expression part) implements Expression {

  /** Lists the places. */
  public enum Place {
    /** At the start. */
    START("str_starts_with"),
    /** At the end. */
    END("str_ends_with"),
    /** Anywhere. */
    ANYWHERE("str_contains");

    private final String function;

    Place(String function) {
      this.function = function;
    }

    /** Returns the name of the function in GLSL. */
    String function() {
      return function;
    }
  }

  /** Checks that both are strings. */
  public StringMatch {
    Objects.requireNonNull(place, "place");
    Types.requireString(place.function(), text);
    Types.requireString(place.function(), part);
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public boolean nullable() {
    return text.nullable() || part.nullable();
  }

  @Override
  public List<Expression> children() {
    return List.of(text, part);
  }

  @Override
  public String toString() {
    return place.function() + "(" + text + ", " + part + ")";
  }
}
