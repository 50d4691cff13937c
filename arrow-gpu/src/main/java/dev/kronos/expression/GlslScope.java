// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.HashMap;
import java.util.Map;

/**
 * Holds the statements of one block and the values known inside it. Loads go to the start of the
 * block, so that they dominate every use inside it.
 */
final class GlslScope {
  /** Tells who opened a block. */
  enum Kind {
    /** The row itself, or a block that the emitter's caller opened: loads may start it. */
    ROW,
    /** A block of lazy evaluation: its loads go to the next ROW block outside. */
    LAZY
  }

  private final Kind kind;
  private final String indent;
  private final StringBuilder loads = new StringBuilder();
  private final StringBuilder statements = new StringBuilder();
  private final Map<Expression, GlslValue> values = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  GlslScope(Kind kind, int depth) {
    this.kind = kind;
    this.indent = "  ".repeat(depth);
  }

  Kind kind() {
    return kind;
  }

  void load(String statement) {
    loads.append(indent).append(statement).append('\n');
  }

  void statement(String statement) {
    statements.append(indent).append(statement).append('\n');
  }

  /** Appends the text of a finished inner block, which is indented already. */
  void block(String text) {
    statements.append(text);
  }

  GlslValue known(Expression e) {
    return values.get(e);
  }

  void remember(Expression e, GlslValue value) {
    values.put(e, value);
  }

  /** Returns the name of the variable that was declared for some code, or null. */
  String named(String code) {
    return names.get(code);
  }

  void name(String code, String name) {
    names.put(code, name);
  }

  String text() {
    return loads.toString() + statements;
  }
}
