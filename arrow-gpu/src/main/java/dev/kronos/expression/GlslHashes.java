// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/** Writes Spark's hashes. */
final class GlslHashes {
  private static final String INCLUDE = "murmur3.glsl";
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslHashes(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue murmur3(Murmur3 e) {
    out.include(INCLUDE);
    String hash = out.define("uint", Integer.toUnsignedString(e.seed()) + "u");
    for (Expression child : e.children()) {
      GlslValue value = out.emit(child);
      String step = hash + " = " + murmur3(hash, value) + ";";
      if (value.neverNull()) {
        out.append(step);
      } else if (!value.alwaysNull()) {
        out.append("if (" + GlslOperands.not(value.isNull()) + ") { " + step + " }");
      }
    }
    return operands.result(e.type(), "int(" + hash + ")", GlslValue.NEVER);
  }

  private static String murmur3(String hash, GlslValue value) {
    Register register = value.register();
    String code = value.value();
    if (value.type().isDecimal() && register == Register.INT) {
      code = register.convert(code, Register.LONG);
      register = Register.LONG;
    }
    return "murmur3_" + suffix(register) + "(" + hash + ", " + code + ")";
  }

  private static String suffix(Register register) {
    return switch (register) {
      case BOOL -> "bool";
      case INT -> "i32";
      case LONG -> "i64";
      case FLOAT -> "f32";
      case DOUBLE -> "f64";
      case WIDE -> "i128";
      case TEXT -> "str";
    };
  }

  GlslValue bucket(Bucket e) {
    out.include(INCLUDE);
    GlslValue hash = out.emit(e.hash());
    GlslValue buckets = out.emit(e.buckets());
    String code = "bucket_of(" + hash.value() + ", " + buckets.value() + ")";
    return operands.result(DataType.INT32, code, hash.isNull());
  }
}
