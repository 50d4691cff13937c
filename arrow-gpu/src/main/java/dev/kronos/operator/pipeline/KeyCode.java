// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.column.DataType;
import dev.kronos.expression.GlslValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays keys of several columns out as 64-bit words and generates the code that makes, hashes and
 * compares them. A null key has words of 0 and its bit set in the null marks, so that nulls are
 * equal. A string is its address and size. Floating keys are compared by bits and are expected to
 * be normalised. At most 64 keys.
 *
 * <pre>
 *   struct Keys { uint64_t w0, w1, ...; uint64_t nulls; }   nulls only if a key may be null
 *   bool k_keysEqual(Keys a, Keys b)
 *   uint64_t k_keysHash(Keys key)
 * </pre>
 */
public final class KeyCode {
  /** Name of the field of null marks. */
  public static final String NULLS = "nulls";

  private final List<RegisterType> types;
  private final List<Integer> firstWords = new ArrayList<>();
  private final List<Boolean> nullable;
  private final int count;

  /**
   * Lays keys out.
   *
   * @param types types of the keys
   * @param nullable for each key whether null is a value of it
   */
  public KeyCode(List<DataType> types, List<Boolean> nullable) {
    this.types = types.stream().map(RegisterType::of).toList();
    this.nullable = List.copyOf(nullable);
    int next = 0;
    for (RegisterType type : this.types) {
      firstWords.add(next);
      next += type.words();
    }
    this.count = next;
  }

  /** Returns how many words the keys take, without the null marks. */
  public int words() {
    return count;
  }

  /** Tells whether there is a word of null marks. */
  public boolean marksNulls() {
    return nullable.contains(true);
  }

  /** Tells whether null is a value of a key. */
  public boolean isNullable(int key) {
    return nullable.get(key);
  }

  /** Returns how the values of a key are held. */
  public RegisterType type(int key) {
    return types.get(key);
  }

  /** Returns the index of the first word of a key. */
  public int firstWord(int key) {
    return firstWords.get(key);
  }

  /**
   * Tells whether keys of one hash are equal: a word is mixed without loss, but only one fits into
   * a hash.
   */
  public boolean hashTells() {
    return fields().size() == 1;
  }

  /** Returns the indexes of the keys that are strings. */
  public List<Integer> strings() {
    return IntStream.range(0, types.size())
        .filter(i -> types.get(i) == RegisterType.STRING)
        .boxed()
        .toList();
  }

  /** Returns the names of the fields of {@code Keys}, the null marks last. */
  public List<String> fields() {
    List<String> fields = new ArrayList<>();
    IntStream.range(0, count).forEach(word -> fields.add("w" + word));
    if (marksNulls()) {
      fields.add(NULLS);
    }
    return fields;
  }

  /** Returns the statements that make {@code Keys key} from emitted values. */
  public String make(List<GlslValue> values) {
    StringBuilder text = new StringBuilder("Keys key;\n");
    if (marksNulls()) {
      text.append("key.nulls = 0ul;\n");
    }
    for (int i = 0; i < types.size(); i++) {
      GlslValue value = values.get(i);
      boolean marked = nullable.get(i) && !value.neverNull();
      if (marked) {
        text.append("key.nulls |= uint64_t(").append(value.isNull()).append(") << ");
        text.append(i).append("u;\n");
      }
      for (int word = 0; word < types.get(i).words(); word++) {
        String expression = types.get(i).word(value.value(), word);
        text.append("key.w").append(firstWords.get(i) + word).append(" = ");
        text.append(marked ? value.isNull() + " ? 0ul : " + expression : expression);
        text.append(";\n");
      }
    }
    return text.toString();
  }

  /** Adds the struct and its functions. */
  public void addCode(KernelText kernel) {
    kernel.include(List.of("hash.glsl", "string.glsl"));
    kernel.append("struct Keys {");
    fields().forEach(field -> kernel.append("  uint64_t " + field + ";"));
    kernel.append("};");
    kernel.append("bool k_keysEqual(Keys a, Keys b) {\n  return " + equality() + ";\n}");
    kernel.append("uint64_t k_keysHash(Keys key) {\n" + hashing() + "  return hash;\n}");
  }

  private boolean isAddress(int word) {
    return strings().stream().anyMatch(key -> firstWords.get(key) == word);
  }

  /** Compares words first: most keys that differ, differ there. */
  private String equality() {
    List<String> terms = new ArrayList<>();
    fields().stream()
        .filter(field -> field.equals(NULLS) || !isAddress(Integer.parseInt(field.substring(1))))
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
    if (marksNulls()) {
      text.append("  hash = hash_combine(hash, key.nulls);\n");
    }
    return text.toString();
  }
}
