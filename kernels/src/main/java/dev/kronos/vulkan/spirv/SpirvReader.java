// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the interface of one SPIR-V module. Knows the instructions that matter here and skips the
 * rest. Numbers are from the SPIR-V 1.6 specification, section 3. Used once, by one thread.
 */
final class SpirvReader {

  private static final int MAGIC = 0x07230203;
  private static final int HEADER_WORDS = 5;

  private static final int OP_NAME = 5;
  private static final int OP_MEMBER_NAME = 6;
  private static final int OP_EXECUTION_MODE = 16;
  private static final int OP_CAPABILITY = 17;
  private static final int OP_CONSTANT = 43;
  private static final int OP_CONSTANT_COMPOSITE = 44;
  private static final int OP_SPEC_CONSTANT = 50;
  private static final int OP_SPEC_CONSTANT_COMPOSITE = 51;
  private static final int OP_VARIABLE = 59;
  private static final int OP_DECORATE = 71;
  private static final int OP_MEMBER_DECORATE = 72;
  private static final int OP_EXECUTION_MODE_ID = 331;

  private static final int MODE_LOCAL_SIZE = 17;
  private static final int MODE_LOCAL_SIZE_ID = 38;
  private static final int STORAGE_PUSH_CONSTANT = 9;
  private static final int DECORATION_BUILT_IN = 11;
  private static final int DECORATION_BINDING = 33;
  private static final int DECORATION_SET = 34;
  private static final int DECORATION_OFFSET = 35;
  private static final int BUILT_IN_WORKGROUP_SIZE = 25;

  private final String name;
  private final int[] words;
  private final SpirvTypes types = new SpirvTypes();
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Integer, Map<Integer, String>> memberNames = new HashMap<>();
  private final Map<Integer, Integer> bindings = new HashMap<>();
  private final Map<Integer, Integer> sets = new HashMap<>();
  private final Map<Integer, int[]> composites = new HashMap<>();
  private final Set<Integer> specialised = new HashSet<>();
  private final Set<Integer> capabilities = new HashSet<>();
  private final Set<SpirvReflection.Resource> resources = new HashSet<>();
  private int[] localSize = {};
  private int[] localSizeIds = {};
  private int workgroupSizeId;
  private int pushConstantBytes;

  SpirvReader(String name, byte[] code) {
    this.name = name;
    this.words = new int[code.length / Integer.BYTES];
    ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    if (words.length < HEADER_WORDS || words[0] != MAGIC || code.length % Integer.BYTES != 0) {
      throw broken("not SPIR-V: sizeBytes=" + code.length);
    }
  }

  SpirvReflection read() {
    int at = HEADER_WORDS;
    while (at < words.length) {
      int length = words[at] >>> 16;
      if (length == 0 || at + length > words.length) {
        throw broken("instruction runs past the end: word=" + at);
      }
      readInstruction(words[at] & 0xFFFF, at, length);
      at += length;
    }
    Set<Integer> specialisedAxes = new HashSet<>();
    List<Integer> size = workgroup(specialisedAxes);
    return new SpirvReflection(
        pushConstantBytes, size, specialisedAxes, resources, capabilities, structs());
  }

  private void readInstruction(int opcode, int at, int length) {
    switch (opcode) {
      case OP_NAME -> names.put(words[at + 1], text(at + 2, at + length));
      case OP_MEMBER_NAME ->
          memberNames
              .computeIfAbsent(words[at + 1], id -> new HashMap<>())
              .put(words[at + 2], text(at + 3, at + length));
      case OP_CAPABILITY -> capabilities.add(words[at + 1]);
      case OP_EXECUTION_MODE -> {
        if (words[at + 2] == MODE_LOCAL_SIZE) {
          localSize = operands(at + 3, 3);
        }
      }
      case OP_EXECUTION_MODE_ID -> {
        if (words[at + 2] == MODE_LOCAL_SIZE_ID) {
          localSizeIds = operands(at + 3, 3);
        }
      }
      case OP_DECORATE -> readDecoration(at, length);
      case OP_MEMBER_DECORATE -> {
        if (words[at + 3] == DECORATION_OFFSET) {
          types.offset(words[at + 1], words[at + 2], words[at + 4]);
        }
      }
      case OP_CONSTANT -> types.constant(words[at + 2], words[at + 3]);
      case OP_SPEC_CONSTANT -> {
        types.constant(words[at + 2], words[at + 3]);
        specialised.add(words[at + 2]);
      }
      case OP_CONSTANT_COMPOSITE, OP_SPEC_CONSTANT_COMPOSITE ->
          composites.put(words[at + 2], operands(at + 3, length - 3));
      case OP_VARIABLE -> readVariable(words[at + 1], words[at + 2], words[at + 3]);
      default -> types.read(opcode, words, at, length);
    }
  }

  private void readDecoration(int at, int length) {
    int target = words[at + 1];
    int value = length > 3 ? words[at + 3] : 0;
    switch (words[at + 2]) {
      case DECORATION_BINDING -> bindings.put(target, value);
      case DECORATION_SET -> sets.put(target, value);
      case DECORATION_BUILT_IN -> {
        if (value == BUILT_IN_WORKGROUP_SIZE) {
          workgroupSizeId = target;
        }
      }
      default -> types.decorate(target, words[at + 2], value);
    }
  }

  private void readVariable(int pointerType, int id, int storage) {
    if (storage == STORAGE_PUSH_CONSTANT) {
      pushConstantBytes = types.sizeBytes(types.pointee(pointerType));
    }
    if (bindings.containsKey(id)) {
      resources.add(new SpirvReflection.Resource(sets.getOrDefault(id, 0), bindings.get(id)));
    }
  }

  /** A WorkgroupSize constant overrides both execution modes, as the specification has it. */
  private List<Integer> workgroup(Set<Integer> specialisedAxes) {
    int[] ids = composites.getOrDefault(workgroupSizeId, localSizeIds);
    if (ids.length == 0 && localSize.length == 0) {
      throw broken("no compute entry point");
    }
    List<Integer> size = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      size.add(ids.length == 0 ? localSize[axis] : types.constant(ids[axis]));
      if (ids.length != 0 && specialised.contains(ids[axis])) {
        specialisedAxes.add(axis);
      }
    }
    return size;
  }

  private Map<String, List<SpirvReflection.Member>> structs() {
    Map<String, List<SpirvReflection.Member>> found = new LinkedHashMap<>();
    for (Map.Entry<Integer, Map<Integer, String>> struct : memberNames.entrySet()) {
      String structName = names.getOrDefault(struct.getKey(), "");
      int[] members = types.members(struct.getKey());
      // Function-local copies of a struct carry its name too, but no offsets.
      if (!structName.isEmpty() && members.length > 0 && types.hasOffsets(struct.getKey())) {
        found.put(structName, membersOf(struct.getKey(), members, struct.getValue()));
      }
    }
    return found;
  }

  private List<SpirvReflection.Member> membersOf(
      int struct, int[] members, Map<Integer, String> labels) {
    List<SpirvReflection.Member> list = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      list.add(
          new SpirvReflection.Member(
              labels.getOrDefault(i, ""), types.offset(struct, i), types.sizeBytes(members[i])));
    }
    return list;
  }

  private int[] operands(int from, int count) {
    int[] values = new int[count];
    System.arraycopy(words, from, values, 0, count);
    return values;
  }

  private String text(int from, int to) {
    ByteBuffer bytes = ByteBuffer.allocate((to - from) * Integer.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(words, from, to - from);
    String padded = new String(bytes.array(), StandardCharsets.UTF_8);
    int end = padded.indexOf('\0');
    return end < 0 ? padded : padded.substring(0, end);
  }

  private ShaderCompileException broken(String reason) {
    return new ShaderCompileException("SPIR-V is not readable", name, reason);
  }
}
