// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds a SPIR-V module as a list of instructions, to be changed and written again. Each is an
 * array of words, the first of which has the length and the opcode. Not thread-safe.
 */
final class SpirvCode {

  private static final int HEADER_WORDS = 5;
  private static final int BOUND_WORD = 3;
  private static final int OPCODE_MASK = 0xFFFF;

  private final int[] header;
  private List<int[]> instructions = new ArrayList<>();

  private SpirvCode(int[] header) {
    this.header = header;
  }

  /** Takes a module apart that is known to be whole. */
  static SpirvCode of(byte[] code) {
    int[] words = new int[code.length / Integer.BYTES];
    ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    SpirvCode module = new SpirvCode(Arrays.copyOf(words, HEADER_WORDS));
    for (int at = HEADER_WORDS; at < words.length; at += words[at] >>> 16) {
      module.instructions.add(Arrays.copyOfRange(words, at, at + (words[at] >>> 16)));
    }
    return module;
  }

  /** Puts the module together again. */
  byte[] toBytes() {
    int words = HEADER_WORDS + instructions.stream().mapToInt(each -> each.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(words * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(header);
    bytes.position(HEADER_WORDS * Integer.BYTES);
    for (int[] instruction : instructions) {
      for (int word : instruction) {
        bytes.putInt(word);
      }
    }
    return bytes.array();
  }

  /** Returns the instructions in order. */
  List<int[]> instructions() {
    return instructions;
  }

  /** Replaces all instructions. */
  void instructions(List<int[]> others) {
    instructions = others;
  }

  /** Returns an id that nothing has. */
  int newId() {
    return header[BOUND_WORD]++;
  }

  /** Returns the opcode of an instruction. */
  static int opcode(int[] instruction) {
    return instruction[0] & OPCODE_MASK;
  }

  /** Makes an instruction. */
  static int[] instruction(int opcode, int... operands) {
    int[] words = new int[operands.length + 1];
    words[0] = words.length << 16 | opcode;
    System.arraycopy(operands, 0, words, 1, operands.length);
    return words;
  }

  /** Returns whether the text at some word of an instruction starts with a prefix. */
  static boolean textStartsWith(int[] instruction, int from, String prefix) {
    byte[] wanted = prefix.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < wanted.length; i++) {
      int word = from + i / Integer.BYTES;
      int shift = i % Integer.BYTES * Byte.SIZE;
      if (word >= instruction.length || (byte) (instruction[word] >>> shift) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the text that starts at some word of an instruction. */
  static String text(int[] instruction, int from) {
    StringBuilder text = new StringBuilder();
    for (int i = from * Integer.BYTES; i < instruction.length * Integer.BYTES; i++) {
      int letter = instruction[i / Integer.BYTES] >>> (i % Integer.BYTES * Byte.SIZE) & 0xFF;
      if (letter == 0) {
        break;
      }
      text.append((char) letter);
    }
    return text.toString();
  }
}
