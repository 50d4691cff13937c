// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

/**
 * Names the state words and registers of one accumulator in generated code.
 *
 * @param index number of the accumulator, which makes its names unique
 * @param firstWord index of its first state word in a slot
 * @param ordinal how many accumulators of its class come before it
 */
record StateWords(int index, int firstWord, int ordinal) {
  /** Returns the address of word {@code word} of the slot in the variable {@code slot}. */
  String address(int word) {
    return "K_STATE(" + (firstWord + word) + "u, slot)";
  }

  /** Returns the address of word {@code word} of the only slot of an aggregation without keys. */
  String only(int word) {
    return "K_STATE(" + (firstWord + word) + "u, 0u)";
  }

  /** Returns the value of word {@code word} of the slot in the variable {@code slot}. */
  String load(int word) {
    return "K_WORD(" + address(word) + ")";
  }

  /** Returns the name of register {@code word}. */
  String register(int word) {
    return "k_acc" + index + "_" + word;
  }

  /** Returns the names of the first {@code count} registers, separated by commas. */
  String registers(int count) {
    StringBuilder names = new StringBuilder();
    for (int word = 0; word < count; word++) {
      names.append(word == 0 ? "" : ", ").append(register(word));
    }
    return names.toString();
  }

  /** Returns a declaration of the first {@code count} registers with one initial value. */
  String declare(int count, long initial) {
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < count; word++) {
      text.append("uint64_t ").append(register(word)).append(" = 0x");
      text.append(Long.toHexString(initial)).append("ul;\n");
    }
    return text.toString();
  }
}
