// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.RegisterType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lays group keys out as 64-bit words and generates the code that makes, hashes, compares, stores
 * and loads them. A null key has words of 0 and its bit set in the null marks. A string is its
 * address and size.
 */
final class KeyWords {
  /** Index of the claim word in a slot. */
  static final int CLAIM = 0;

  /** Index of the hash word in a slot. */
  static final int HASH = 1;

  private static final int FIRST = 2;

  private final List<RegisterType> types;
  private final List<Integer> firstWords = new ArrayList<>();
  private final List<Boolean> nullable;
  private final int count;

  KeyWords(List<Expression> keys) {
    this.types = keys.stream().map(key -> RegisterType.of(key.type())).toList();
    this.nullable = keys.stream().map(Expression::nullable).toList();
    int next = 0;
    for (RegisterType type : types) {
      firstWords.add(next);
      next += type.words();
    }
    this.count = next;
  }

  private boolean anyNullable() {
    return nullable.contains(true);
  }

  /** Returns the index of the first word after the keys in a slot. */
  int end() {
    return FIRST + count + (anyNullable() ? 1 : 0);
  }

  /** Returns the indexes of the keys that are strings. */
  List<Integer> strings() {
    return IntStream.range(0, types.size())
        .filter(i -> types.get(i) == RegisterType.STRING)
        .boxed()
        .toList();
  }

  /** Returns the index in a slot of word {@code word} of a key. */
  int slotWord(int key, int word) {
    return FIRST + firstWords.get(key) + word;
  }

  private String load(int word) {
    return "K_WORD(K_STATE(" + (FIRST + word) + "u, slot))";
  }

  /** Returns the expression of the key stored in the slot in the variable {@code slot}. */
  String stored(int key) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < types.get(key).words(); i++) {
      words.add(load(firstWords.get(key) + i));
    }
    return types.get(key).value(words);
  }

  /** Returns the condition that the key stored in {@code slot} is not null. */
  String storedValid(int key) {
    return nullable.get(key) ? "(" + load(count) + " >> " + key + "u & 1ul) == 0ul" : "true";
  }

  /** Returns the statements that make {@code Keys key} from emitted values. */
  String make(List<GlslValue> values) {
    StringBuilder text = new StringBuilder("Keys key;\n");
    if (anyNullable()) {
      text.append("key.nulls = 0ul;\n");
    }
    for (int i = 0; i < types.size(); i++) {
      GlslValue value = values.get(i);
      boolean maybeNull = !value.neverNull();
      if (maybeNull) {
        text.append("key.nulls |= uint64_t(").append(value.isNull()).append(") << ");
        text.append(i).append("u;\n");
      }
      for (int word = 0; word < types.get(i).words(); word++) {
        String expression = types.get(i).word(value.value(), word);
        text.append("key.w").append(firstWords.get(i) + word).append(" = ");
        text.append(maybeNull ? value.isNull() + " ? 0ul : " + expression : expression);
        text.append(";\n");
      }
    }
    return text.toString();
  }

  /** Adds the struct and the functions that the table calls. */
  void addCode(KernelText kernel) {
    kernel.include(List.of("hash.glsl", "string.glsl"));
    kernel.append("struct Keys {");
    fields().forEach(field -> kernel.append("  uint64_t " + field + ";"));
    kernel.append("};");
    kernel.append("bool k_keysEqual(Keys a, Keys b) {\n  return " + equality() + ";\n}");
    kernel.append("uint64_t k_keysHash(Keys key) {\n" + hashing() + "  return hash;\n}");
    kernel.append("Keys k_storedKeys(uint slot) {\n  Keys key;\n" + moves(true) + "return key;\n}");
    kernel.append("void k_storeKeys(uint slot, Keys key) {\n" + moves(false) + counting() + "}");
  }

  private List<String> fields() {
    List<String> fields = new ArrayList<>();
    IntStream.range(0, count).forEach(word -> fields.add("w" + word));
    if (anyNullable()) {
      fields.add("nulls");
    }
    return fields;
  }

  private boolean isAddress(int word) {
    return strings().stream().anyMatch(key -> firstWords.get(key) == word);
  }

  /** Compares words first: most keys that differ, differ there. */
  private String equality() {
    List<String> terms = new ArrayList<>();
    fields().stream()
        .filter(field -> field.equals("nulls") || !isAddress(Integer.parseInt(field.substring(1))))
        .forEach(field -> terms.add("a." + field + " == b." + field));
    for (int key : strings()) {
      terms.add("str_equal(" + string(key, "a") + ", " + string(key, "b") + ")");
    }
    return String.join(" && ", terms);
  }

  private String string(int key, String keys) {
    int word = firstWords.get(key);
    return types.get(key).value(List.of(keys + ".w" + word, keys + ".w" + (word + 1)));
  }

  private String hashing() {
    StringBuilder text = new StringBuilder("  uint64_t hash = HASH_SEED;\n");
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i) == RegisterType.STRING) {
        text.append("  hash = str_hash(hash, ").append(string(i, "key")).append(");\n");
        continue;
      }
      for (int word = 0; word < types.get(i).words(); word++) {
        text.append("  hash = hash_combine(hash, key.w").append(firstWords.get(i) + word);
        text.append(");\n");
      }
    }
    if (anyNullable()) {
      text.append("  hash = hash_combine(hash, key.nulls);\n");
    }
    return text.toString();
  }

  private String moves(boolean loading) {
    List<String> fields = fields();
    return IntStream.range(0, fields.size())
        .mapToObj(
            word ->
                loading
                    ? "  key." + fields.get(word) + " = " + load(word) + ";\n"
                    : "  " + load(word) + " = key." + fields.get(word) + ";\n")
        .collect(Collectors.joining());
  }

  /** Adds up the bytes of the strings of new groups, for which the host then makes room. */
  private String counting() {
    return strings().stream()
        .map(
            key ->
                "  atomicAdd(K_WORD(k_args.counters + K_COUNTER_CHARACTERS), key.w"
                    + (firstWords.get(key) + 1)
                    + ");\n")
        .collect(Collectors.joining());
  }
}
