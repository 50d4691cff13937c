// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.KeyCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Places group keys in the words of a slot and generates the code that stores and loads them. */
final class KeyWords {
  /** Index of the claim word in a slot. */
  static final int CLAIM = 0;

  /** Index of the hash word in a slot. */
  static final int HASH = 1;

  private static final int FIRST = 2;

  private final KeyCode keys;

  KeyWords(List<Expression> keys) {
    this.keys =
        new KeyCode(
            keys.stream().map(Expression::type).toList(),
            keys.stream().map(Expression::nullable).toList());
  }

  /** Returns the index of the first word after the keys in a slot. */
  int end() {
    return FIRST + keys.fields().size();
  }

  /** Returns the indexes of the keys that are strings. */
  List<Integer> strings() {
    return keys.strings();
  }

  /** Returns the index in a slot of word {@code word} of a key. */
  int slotWord(int key, int word) {
    return FIRST + keys.firstWord(key) + word;
  }

  private static String load(int word) {
    return "K_WORD(K_STATE(" + (FIRST + word) + "u, slot))";
  }

  /** Returns the expression of the key stored in the slot in the variable {@code slot}. */
  String stored(int key) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < keys.type(key).words(); i++) {
      words.add(load(keys.firstWord(key) + i));
    }
    return keys.type(key).value(words);
  }

  /** Returns the condition that the key stored in {@code slot} is not null. */
  String storedValid(int key) {
    return keys.isNullable(key)
        ? "(" + load(keys.words()) + " >> " + key + "u & 1ul) != 0ul"
        : "true";
  }

  /** Returns the statements that make {@code Keys key} from emitted values. */
  String make(List<GlslValue> values) {
    return keys.make(values);
  }

  /** Adds the struct and the functions that the table calls. */
  void addCode(KernelText kernel) {
    keys.addCode(kernel);
    kernel.define("K_HASH_TELLS", keys.hashTells());
    kernel.append("Keys k_storedKeys(uint slot) {\n  Keys key;\n" + moves(true) + "return key;\n}");
    kernel.append("bool k_isWhole(Keys key) {\n  return " + whole() + ";\n}");
    kernel.append("void k_storeKeys(uint slot, Keys key) {\n" + moves(false) + counting() + "}");
  }

  /** Tells which words may not be there yet; of null marks, the complement is stored. */
  private String whole() {
    return keys.fields().stream()
        .map(
            field -> field.equals(KeyCode.NULLS) ? "key.nulls != ~0ul" : "key." + field + " != 0ul")
        .collect(Collectors.joining(" && "));
  }

  private String moves(boolean loading) {
    List<String> fields = keys.fields();
    return IntStream.range(0, fields.size())
        .mapToObj(word -> move(loading, "key." + fields.get(word), word))
        .collect(Collectors.joining());
  }

  private String move(boolean loading, String field, int word) {
    String shared = "K_SharedWord(K_STATE(" + (FIRST + word) + "u, slot)).v";
    String not = field.endsWith(KeyCode.NULLS) ? "~" : "";
    return loading
        ? "  " + field + " = " + not + shared + ";\n"
        : "  " + shared + " = " + not + field + ";\n";
  }

  /** Adds up the bytes of the strings of new groups, for which the host then makes room. */
  private String counting() {
    return strings().stream()
        .map(
            key ->
                "  atomicAdd(K_WORD(k_args.counters + K_COUNTER_CHARACTERS), key.w"
                    + (keys.firstWord(key) + 1)
                    + ");\n")
        .collect(Collectors.joining());
  }
}
