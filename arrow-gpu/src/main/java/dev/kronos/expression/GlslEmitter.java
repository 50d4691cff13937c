// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes GLSL that evaluates expressions for one row. Not thread-safe; one emitter for one
 * function.
 *
 * <p>The text depends on the structure of the expressions alone: constants are read from {@link
 * LiteralTable} slots (which constants are equal, and which are null, is structure). Equal
 * expressions are computed once where the earlier value is still in scope. Values of null rows are
 * computed like others and ignored, so every operation is total; what can put the row in error is
 * evaluated lazily, in nested ifs, exactly where {@link RowEvaluator} evaluates it.
 *
 * <p>The text expects around it:
 *
 * <ul>
 *   <li>{@code row}, a {@code uint}, or what {@link InputRow} names instead;
 *   <li>{@code KRONOS_COLUMN(i)}, a {@code Column}, for every input column;
 *   <li>{@code KRONOS_LITERAL(i)}, the {@code uint64_t} address of slot {@code i};
 *   <li>the files of {@link #includes()}.
 * </ul>
 *
 * A row in error has its code in {@code k_error}; its values are meaningless and must go nowhere.
 */
public final class GlslEmitter {
  private final List<ColumnLayout> inputs;
  private final List<InputRow> rows;
  private final LiteralTable literals;
  private final Set<String> includes = new TreeSet<>(Set.of("expression.glsl", "status.glsl"));
  private final Deque<GlslScope> scopes = new ArrayDeque<>();
  private final Deque<String> headers = new ArrayDeque<>();
  private final GlslNodes nodes = new GlslNodes(this);
  private int names;

  /** Makes an emitter with literals of its own. */
  public GlslEmitter(List<ColumnLayout> inputs) {
    this(inputs, new LiteralTable());
  }

  /** Makes an emitter that adds its constants to {@code literals}, shared with other emitters. */
  public GlslEmitter(List<ColumnLayout> inputs, LiteralTable literals) {
    this(inputs, Collections.nCopies(inputs.size(), InputRow.CURRENT), literals);
  }

  /**
   * Makes an emitter over columns of several tables.
   *
   * @param inputs layouts of the columns
   * @param rows for each column, which row of it is read
   * @param literals takes the constants
   */
  public GlslEmitter(List<ColumnLayout> inputs, List<InputRow> rows, LiteralTable literals) {
    this.inputs = List.copyOf(inputs);
    this.rows = List.copyOf(rows);
    this.literals = literals;
    scopes.push(new GlslScope(GlslScope.Kind.ROW, 1));
  }

  /**
   * Appends the statements that compute {@code e}.
   *
   * @return where the value is, valid until the innermost open block is closed
   * @throws IllegalArgumentException when a column is not among the inputs or of another type
   */
  public GlslValue emit(Expression e) {
    GlslValue known = known(e);
    if (known != null) {
      return known;
    }
    GlslValue value = nodes.write(e);
    if (known(e) == null) {
      scopes.peek().remember(e, value);
    }
    return value;
  }

  /** Opens an {@code if} block around what follows; column loads of the block stay inside it. */
  public void open(String condition) {
    begin("if (" + condition + ") {", GlslScope.Kind.ROW);
  }

  /**
   * Closes the block that {@link #open} opened last.
   *
   * @throws IllegalStateException when no block is open
   */
  public void close() {
    end(GlslScope.Kind.ROW);
  }

  /** Appends a statement of the caller's own to the innermost open block. */
  public void append(String statement) {
    scopes.peek().statement(statement);
  }

  /**
   * Returns the statements so far. Blocks still open are left open: the caller may append
   * statements of its own before it closes them.
   */
  public String body() {
    StringBuilder text = new StringBuilder();
    Iterator<String> openings = headers.descendingIterator();
    Iterator<GlslScope> blocks = scopes.descendingIterator();
    text.append(blocks.next().text());
    while (blocks.hasNext()) {
      text.append(openings.next()).append('\n').append(blocks.next().text());
    }
    return text.toString();
  }

  /** Returns the constants, in slot order. */
  public LiteralTable literals() {
    return literals;
  }

  /** Returns the names of the files to include, in alphabetical order. */
  public Set<String> includes() {
    return Collections.unmodifiableSet(new TreeSet<>(includes));
  }

  ColumnLayout input(int column) {
    if (column >= inputs.size()) {
      throw new IllegalArgumentException(
          "no such input column: index=" + column + " columns=" + inputs.size());
    }
    return inputs.get(column);
  }

  InputRow row(int column) {
    return rows.get(column);
  }

  void include(String file) {
    includes.add(file);
  }

  private GlslValue known(Expression e) {
    for (GlslScope scope : scopes) {
      GlslValue value = scope.known(e);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Makes a name that no other value of this emitter has. */
  String name(String prefix) {
    return prefix + names++;
  }

  /** Declares a variable in the current block and returns its name. */
  String define(String type, String value) {
    String name = name("v");
    scopes.peek().statement(type + " " + name + " = " + value + ";");
    return name;
  }

  /** Declares a variable unless one of the same value is in scope, and returns its name. */
  String defineOnce(String type, String value) {
    for (GlslScope scope : scopes) {
      String name = scope.named(value);
      if (name != null) {
        return name;
      }
    }
    String name = define(type, value);
    scopes.peek().name(value, name);
    return name;
  }

  /** Begins a block of lazy evaluation, {@code header} being all before and with the brace. */
  void beginLazy(String header) {
    begin(header, GlslScope.Kind.LAZY);
  }

  void endLazy() {
    end(GlslScope.Kind.LAZY);
  }

  private void begin(String header, GlslScope.Kind kind) {
    headers.push(header);
    scopes.push(new GlslScope(kind, scopes.size() + 1));
  }

  private void end(GlslScope.Kind kind) {
    if (scopes.size() == 1 || scopes.peek().kind() != kind) {
      throw new IllegalStateException("no block of this kind is open: kind=" + kind);
    }
    String text = scopes.pop().text();
    GlslScope outer = scopes.peek();
    outer.statement(headers.pop());
    outer.block(text);
    outer.statement("}");
  }

  /** Returns the innermost block that may start with loads. */
  GlslScope loadScope() {
    for (GlslScope scope : scopes) {
      if (scope.kind() == GlslScope.Kind.ROW) {
        return scope;
      }
    }
    throw new IllegalStateException("no row scope");
  }

  /** Returns the block of the whole row, where constants are read. */
  GlslScope rowScope() {
    return scopes.peekLast();
  }
}
