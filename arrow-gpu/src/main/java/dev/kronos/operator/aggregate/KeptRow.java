// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.operator.pipeline.RegisterType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a value by the number of the row that has it, over all batches, from 1. Word 0 tells the
 * row; the words after it hold the value, and a mark that it is not null where it may be. They are
 * written when the batch is done, while it is still there; a string is then copied.
 */
sealed interface KeptRow extends Accumulator permits RowExtreme, RowPick {
  /** Returns the value over the source columns. */
  Expression value();

  /** Returns the expression of the chosen row's number, 0 for none, of {@code slot}. */
  String chosen(StateWords state);

  /** Tells whether the chosen row's value may be null. */
  boolean marksNull();

  @Override
  default int words() {
    return 1 + register().words() + (marksNull() ? 1 : 0);
  }

  /** Returns how the value is held. */
  default RegisterType register() {
    return RegisterType.of(value().type());
  }

  /** Returns the expression of the value stored in the slot in the variable {@code slot}. */
  default String stored(StateWords state) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < register().words(); i++) {
      words.add(state.load(1 + i));
    }
    return register().value(words);
  }

  /** Returns the condition that the value stored in {@code slot} is not null. */
  default String storedValid(StateWords state) {
    return marksNull() ? "(" + state.load(1 + register().words()) + " != 0ul)" : "true";
  }

  /** Returns the name of the function that stores the value of a row of this batch in a slot. */
  static String keepFunction(StateWords state) {
    return "k_keep" + state.index();
  }

  /** Returns the statements that store a value in {@code slot}; a null as zeros. */
  default String store(StateWords state, GlslValue value) {
    StringBuilder text = new StringBuilder();
    String valid = value.neverNull() ? "true" : "!" + value.isNull();
    for (int i = 0; i < register().words(); i++) {
      text.append(state.load(1 + i)).append(" = ").append(valid).append(" ? ");
      text.append(register().word(value.value(), i)).append(" : 0ul;\n");
    }
    if (marksNull()) {
      text.append(state.load(1 + register().words()));
      text.append(" = uint64_t(").append(valid).append(");\n");
    }
    return text.toString();
  }
}
