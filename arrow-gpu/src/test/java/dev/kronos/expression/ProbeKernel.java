// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Builds a kernel that evaluates every expression of a group for every row and stores value, null
 * flag and error code, 32 bytes each.
 *
 * <pre>
 *   root.args -> uint64 address of the probe table:
 *     0  uint64 address of the results    8  uint64 address of the literals
 *    16  uint64 address of the room for strings, of {@link #ROOM_BYTES}, behind a counter of 16 bytes
 *    24  Column[]
 *   result of row r, expression e at (r * expressions + e) * 32:
 *     0  16 bytes value   16  uint32 null   20  uint32 error code
 * </pre>
 */
final class ProbeKernel {
  static final int RESULT_BYTES = 32;
  static final int COLUMN_BYTES = 40;
  static final int COLUMNS_OFFSET = 24;
  static final int ROOM_BYTES = 4 << 20;

  private final String text;
  private final LiteralTable literals = new LiteralTable();

  ProbeKernel(ExpressionGroup group) {
    TreeSet<String> includes = new TreeSet<>(List.of("types.glsl", "status.glsl"));
    List<String> functions = new ArrayList<>();
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < group.expressions().size(); i++) {
      functions.add(function(group, i, includes));
      calls.append("  probe").append(i).append("(row);\n");
    }
    StringBuilder source = new StringBuilder("#version 460\n#include \"abi.glsl\"\n");
    includes.forEach(file -> source.append("#include \"").append(file).append("\"\n"));
    source.append("#define PROBE BufferU64(BufferU64(root.args).v[0]).v\n");
    source.append(
        "#define KRONOS_COLUMN(i) column_at(BufferU64(root.args).v[0] + 24ul, uint(i))\n");
    source.append("#define KRONOS_LITERAL(i) (PROBE[1] + uint64_t(i) * 16ul)\n");
    functions.forEach(source::append);
    source.append("void main() {\n  uint row = kronos_thread();\n");
    if (includes.contains(MadeText.INCLUDE)) {
      source.append("  text_begin(PROBE[2] + 16ul, " + ROOM_BYTES + "ul, PROBE[2], 0ul);\n");
    }
    source.append("  if (row >= root.count) { return; }\n").append(calls).append("}\n");
    text = source.toString();
  }

  private String function(ExpressionGroup group, int index, TreeSet<String> includes) {
    GlslEmitter emitter = new GlslEmitter(group.inputs(), literals);
    GlslValue value = emitter.emit(group.expressions().get(index));
    includes.addAll(emitter.includes());
    String at =
        "(PROBE[0] + (uint64_t(row) * "
            + group.expressions().size()
            + "ul + "
            + index
            + "ul) * 32ul)";
    return "void probe"
        + index
        + "(uint row) {\n  k_error = 0u;\n"
        + emitter.body()
        + "  uint64_t at = "
        + at
        + ";\n  "
        + store(value)
        + "\n  store_u32(at, 4u, uint("
        + value.isNull()
        + "));\n  store_u32(at, 5u, k_error);\n}\n";
  }

  private static String store(GlslValue value) {
    String v = value.value();
    return switch (Register.of(value.type())) {
      case BOOL -> "store_u32(at, 0u, uint(" + v + "));";
      case INT -> "store_i32(at, 0u, " + v + ");";
      case LONG -> "store_i64(at, 0u, " + v + ");";
      case FLOAT -> "store_f32(at, 0u, " + v + ");";
      case DOUBLE -> "store_f64(at, 0u, " + v + ");";
      case WIDE -> "store_i128(at, 0u, " + v + ");";
      case TEXT -> "store_u64(at, 0u, " + v + ".address); store_u32(at, 2u, " + v + ".size);";
    };
  }

  /** Returns the source text. */
  String text() {
    return text;
  }

  /** Returns the constants that the kernel reads. */
  byte[] literals() {
    return literals.toBytes();
  }
}
