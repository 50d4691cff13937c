// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds which functions a shader may reach, by their names: all that stand in its own text, or in
 * what is included and is no function, and from there on. Macros stand in the text with all that
 * they name.
 */
final class CalledFunctions {

  private final Map<String, List<SourcePiece>> functions = new HashMap<>();
  private final Set<String> called = new HashSet<>();
  private final Deque<String> next = new ArrayDeque<>();

  /**
   * Finds the functions.
   *
   * @param included the pieces of all included files
   * @param roots words of the shader's own text and of its macros
   */
  CalledFunctions(List<SourcePiece> included, Collection<String> roots) {
    for (SourcePiece piece : included) {
      if (piece.kind() == SourcePiece.Kind.FUNCTION) {
        functions.computeIfAbsent(piece.name(), name -> new ArrayList<>()).add(piece);
      }
    }
    call(roots);
    for (SourcePiece piece : included) {
      if (piece.kind() == SourcePiece.Kind.TEXT) {
        call(piece.words());
      }
    }
    while (!next.isEmpty()) {
      functions.get(next.remove()).forEach(piece -> call(piece.words()));
    }
  }

  private void call(Collection<String> words) {
    for (String word : words) {
      if (functions.containsKey(word) && called.add(word)) {
        next.add(word);
      }
    }
  }

  /** Tells whether a piece of an included file is needed. */
  boolean needs(SourcePiece piece) {
    return piece.kind() != SourcePiece.Kind.FUNCTION || called.contains(piece.name());
  }
}
